import { expect, test } from 'vitest';
import { useTempFolders } from '../support/temp-folder.ts';
import { openAppPage } from './support/app-page.ts';
import { launchChromium } from './support/launch-chromium.ts';
import { startBrowserProcess } from './support/tallyman.ts';

const tempFolder = useTempFolders();
const SETTINGS_FILES = /settings-screen-.*\.js$/;
const GERMAN_TEXTS = /\/de-.*\.js$/;
/** Nobody listens there. */
const NO_SERVER = 'http://127.0.0.1:9';

test('a screen whose files cannot be read says so, and comes when it is tried again', async () => {
  await using browser = await launchChromium();
  await using shell = await startBrowserProcess(tempFolder(), NO_SERVER);
  await using app = await openAppPage(browser, 'about:blank');
  const { page } = app;
  await page.route(SETTINGS_FILES, (route) => route.abort());
  await page.goto(shell.address);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor();
  const again = page.getByRole('button', { name: 'Try again' });
  await Promise.all([page.waitForEvent('requestfailed'), again.click()]);
  await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor();
  await page.unroute(SETTINGS_FILES);
  await again.click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  expect(await page.getByRole('link', { name: 'Catalogue' }).isVisible()).toBe(true);
});

test('only the texts of the chosen language are loaded, and another one when it is chosen', async () => {
  await using browser = await launchChromium();
  await using shell = await startBrowserProcess(tempFolder(), NO_SERVER);
  await using app = await openAppPage(browser, 'about:blank');
  const { page } = app;
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(`${shell.address}#/settings`);
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  expect(loaded.filter((path) => /\/(de|es|ru)-/.test(path))).toEqual([]);
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
  expect(loaded.filter((path) => GERMAN_TEXTS.test(path))).toHaveLength(1);
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
});
