import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { useTempFolders } from '../support/temp-folder.ts';
import { openAppPage } from './support/app-page.ts';
import { launchChromium } from './support/launch-chromium.ts';
import {
  addPerson,
  importLines,
  startBrowserProcess,
  startServerProcess,
} from './support/tallyman.ts';

/**
 * Goal: two people share a laptop for a day, as they live it. Method: a real server with real people, the real app and a real
 * browser, by keyboard alone; the server is killed and comes back under them.
 */
const PATIENCE_MS = 60_000;
/** Slower than a scanner. */
const FINGERS = { delay: 70 };
const PASSWORD = 'seven grey pallets';
const PIN = '2468';

const tempFolder = useTempFolders();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name });

async function typeSignIn({ keyboard }: Page, login: string): Promise<void> {
  await keyboard.type(login, FINGERS);
  await keyboard.press('Tab');
  await keyboard.type(PASSWORD, FINGERS);
  await keyboard.press('Enter');
}

async function typePin({ keyboard }: Page, name: string): Promise<void> {
  await keyboard.type(PIN, FINGERS);
  await keyboard.press(name);
}

/** Goes by Tab to what has this name, and presses it. */
async function press(page: Page, name: RegExp): Promise<void> {
  const target = page.getByRole('button', { name }).first();
  await target.waitFor();
  await target.focus();
  await page.keyboard.press('Enter');
}

async function writeNote(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: /note/i }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /note/i }).fill(text);
  await page.getByRole('button', { name: 'Save', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(text).first().waitFor();
}

test(
  'two people share a laptop: sign in, PIN, work offline, lock, switch, and sign out',
  async () => {
    const serverData = tempFolder();
    const header = 'sku\tname\tquantity\tlocation\tsite';
    const lines = ['SKU-1\tBlue pen\t12\tA-01\tHAM'];
    await importLines(serverData, { kind: 'products', header, lines });
    const shared = { password: PASSWORD };
    await addPerson(serverData, {
      ...shared,
      name: 'Ada Lund',
      login: 'ada',
      role: 'administrator',
      sites: [],
    });
    await addPerson(serverData, {
      ...shared,
      name: 'Bob Berg',
      login: 'bob',
      role: 'counter',
      sites: ['HAM'],
    });
    await using first = await startServerProcess(serverData);
    await using shell = await startBrowserProcess(tempFolder(), first.address);
    await using app = await openAppPage(browser, shell.address);
    const { page } = app;

    await heading(page, 'Sign in').waitFor({ timeout: PATIENCE_MS });
    expect(await page.getByRole('navigation', { name: 'Main' }).count()).toBe(0);
    await typeSignIn(page, 'bob');
    await heading(page, /^Set a PIN, Bob Berg/).waitFor();
    await typePin(page, 'Tab');
    await typePin(page, 'Enter');
    await app.status.filter({ hasText: 'Up to date' }).waitFor({ timeout: PATIENCE_MS });
    await app.product(/Blue pen/).waitFor({ timeout: PATIENCE_MS });
    await page.getByTitle('Your sign-in').filter({ hasText: 'Bob Berg' }).waitFor();
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);

    await first.kill();
    await app.search('pen');
    await app.product(/Blue pen/).click();
    await heading(page, 'Blue pen').waitFor();
    await writeNote(page, 'The cap is loose');
    const there = page.url();

    await page.keyboard.press('Control+Shift+L');
    await heading(page, 'Who are you?').waitFor();
    expect(await page.getByText('The cap is loose').count()).toBe(0);
    await page.getByRole('button', { name: /Bob Berg.*1 change not sent yet/ }).waitFor();
    await page.keyboard.type('1357', FINGERS);
    await page.keyboard.press('Enter');
    await page.getByText(/attempts are left/).waitFor();
    await typePin(page, 'Enter');
    await heading(page, 'Blue pen').waitFor();
    expect(page.url()).toBe(there);
    await page.getByText('The cap is loose').first().waitFor();

    await page.keyboard.press('Control+Shift+L');
    await press(page, /Somebody else/);
    await page.getByText(/it takes the server to check a password/).waitFor();

    const port = Number(new URL(first.address).port);
    await using second = await startServerProcess(serverData, port);
    expect(second.address).toBe(first.address);
    await page.getByRole('textbox', { name: 'Sign-in name' }).focus();
    await typeSignIn(page, 'ada');
    await heading(page, /^Set a PIN, Ada Lund/).waitFor({ timeout: PATIENCE_MS });
    await press(page, /Not now/);
    await page.getByTitle('Your sign-in').filter({ hasText: 'Ada Lund' }).waitFor();
    await app.syncNow();
    await app.status.filter({ hasText: 'Up to date' }).waitFor({ timeout: PATIENCE_MS });

    await page.evaluate(`location.hash = '#/admin/audit'`);
    await page
      .getByRole('row', { name: /Bob Berg/ })
      .first()
      .waitFor({ timeout: PATIENCE_MS });

    await press(page, /Ada Lund/);
    await press(page, /^Sign out/);
    await page.getByText('All of your work has been sent.').waitFor();
    await press(page, /^Sign out/);
    await heading(page, 'Who are you?').waitFor();
    await press(page, /Bob Berg/);
    await typePin(page, 'Enter');
    await heading(page, /^Good .*Bob Berg/).waitFor({ timeout: PATIENCE_MS });
  },
  PATIENCE_MS * 5,
);
