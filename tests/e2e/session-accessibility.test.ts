import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useTempFolders } from '../support/temp-folder.ts';
import { type AppPage, openAppPage } from './support/app-page.ts';
import { COLOUR_RULES, LAYOUT_RULES, violations } from './support/axe-rules.ts';
import { launchChromium } from './support/launch-chromium.ts';
import {
  addPerson,
  importLines,
  startBrowserProcess,
  startServerProcess,
} from './support/tallyman.ts';

const tempFolder = useTempFolders();
const PATIENCE_MS = 300_000;
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 800, height: 600 };
/** Slower than a scanner. */
const FINGERS = { delay: 70 };
const PASSWORD = 'seven grey pallets';
const PIN = '2468';

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });

/** What is wrong with each screen, by the picture of it. */
class Screens {
  readonly found: Record<string, string[]> = {};

  /** Wide and narrow, light and dark, where it stands: nothing is begun anew. */
  async look(app: AppPage, name: string): Promise<void> {
    const { page } = app;
    await page.locator('h1').first().waitFor({ state: 'attached' });
    for (const [colorScheme, size, rules] of [
      ['light', WIDE, null],
      ['light', NARROW, LAYOUT_RULES],
      ['dark', WIDE, COLOUR_RULES],
    ] as const) {
      await page.setViewportSize(size);
      await showScheme(page, colorScheme);
      const picture = `${name}-${colorScheme}-${size.width}`;
      await app.picture(picture);
      const problems = await violations(page, rules);
      if (problems.length > 0) this.found[picture] = problems;
    }
    await showScheme(page, 'light');
  }
}

/** Until all of the page has it, or what is looked at is half light and half dark. */
async function showScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mantine-color-scheme='${colorScheme}']`).waitFor();
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().map((animation) => animation.finished))',
  );
}

interface InPage {
  ownerDocument: { activeElement: unknown };
}

/** The keyboard is there, without anybody having led it. */
async function expectFocus(target: Locator): Promise<void> {
  await target.waitFor();
  const hasFocus = (element: InPage): boolean => element.ownerDocument.activeElement === element;
  await expect.poll(() => target.evaluate(hasFocus), { timeout: 15_000 }).toBe(true);
}

async function typePin(page: Page, then: 'Tab' | 'Enter', pin = PIN): Promise<void> {
  await page.keyboard.type(pin, FINGERS);
  await page.keyboard.press(then);
}

async function signInByKeys(app: AppPage, screens: Screens): Promise<void> {
  const { page } = app;
  const { keyboard } = page;
  await expectFocus(field(page, 'Sign-in name'));
  await screens.look(app, 'sign-in');
  await keyboard.type('ada', FINGERS);
  await keyboard.press('Tab');
  await keyboard.type('not this one', FINGERS);
  await keyboard.press('Enter');
  await page.getByText(/name or the password is not right/).waitFor();
  await expectFocus(field(page, 'Password'));
  await screens.look(app, 'wrong-password');
  await keyboard.type(PASSWORD, FINGERS);
  await keyboard.press('Enter');
  await expectFocus(field(page, 'New PIN'));
  await screens.look(app, 'pin-offer');
  await typePin(page, 'Tab');
  await typePin(page, 'Enter');
  await app.status.filter({ hasText: 'Up to date' }).waitFor({ timeout: 60_000 });
}

async function lookAtAccount(app: AppPage, screens: Screens): Promise<void> {
  const { page } = app;
  const menu = page.getByTitle('Your sign-in');
  await menu.focus();
  await page.keyboard.press('Enter');
  await expectFocus(button(page, 'Switch person'));
  await screens.look(app, 'account-dialog');
  await page.keyboard.press('Escape');
  await expectFocus(menu);
  await goTo(page, '/account');
  await button(page, 'Sign out').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sign Ada Lund out?' }).waitFor();
  await expectFocus(button(page, 'Sign out'));
  await button(page, 'Cancel').focus();
  await page.keyboard.press('Enter');
  await expectFocus(button(page, 'Sign out'));
  await screens.look(app, 'account');
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = '#${path}'`);
}

async function lookAtAdministration(app: AppPage, screens: Screens): Promise<void> {
  const { page } = app;
  await goTo(page, '/admin');
  await page.getByRole('row', { name: /Ada Lund/ }).waitFor();
  await screens.look(app, 'admin-people');
  const add = button(page, 'Add a person');
  await add.focus();
  await page.keyboard.press('Enter');
  await expectFocus(field(page, 'Name'));
  await screens.look(app, 'admin-person');
  await page.keyboard.press('Escape');
  await expectFocus(add);
  for (const [path, words] of [
    ['laptops', /Ada Lund/],
    ['sites', /HAM/],
    ['audit', /Ada Lund/],
  ] as const) {
    await goTo(page, `/admin/${path}`);
    await page.getByRole('row', { name: words }).first().waitFor();
    await screens.look(app, `admin-${path}`);
  }
  await goTo(page, '/admin/refused');
  await page
    .getByRole('link', { name: 'Refused work' })
    .and(page.locator('[aria-current]'))
    .waitFor();
  await screens.look(app, 'admin-refused');
  await goTo(page, '/admin/import');
  const buffer = Buffer.from('sku,name,quantity,location,site\nSKU-2,Red pen,many,A-01,HAM\n');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'pens.csv', mimeType: 'text/csv', buffer });
  await page.getByText('pens.csv').waitFor();
  await page.getByRole('main').getByRole('button').last().click();
  await page.getByRole('table').waitFor();
  await screens.look(app, 'admin-import');
}

async function lockAndUnlock(app: AppPage, screens: Screens): Promise<void> {
  const { page } = app;
  await page.keyboard.press('Control+Shift+L');
  const pin = field(page, 'PIN of Ada Lund');
  await expectFocus(pin);
  await screens.look(app, 'locked-pin');
  await typePin(page, 'Enter', '1357');
  await page.getByText(/attempts are left/).waitFor();
  await expectFocus(pin);
  await button(page, 'Sign in with the password instead').focus();
  await page.keyboard.press('Enter');
  await expectFocus(field(page, 'Password'));
  await screens.look(app, 'locked-password');
  await button(page, 'Somebody else').focus();
  await page.keyboard.press('Enter');
  await expectFocus(field(page, 'Sign-in name'));
  await screens.look(app, 'somebody-else');
  await button(page, /^AL Ada Lund|^Ada Lund/).focus();
  await page.keyboard.press('Enter');
  await expectFocus(pin);
  await typePin(page, 'Enter');
  await page.getByTitle('Your sign-in').focus();
  await page.keyboard.press('Enter');
  await expectFocus(button(page, 'Switch person'));
  await page.keyboard.press('Enter');
  await expectFocus(button(page, /^AL Ada Lund|^Ada Lund/));
  await screens.look(app, 'switch-person');
}

/** As if the laptop had been without the server for weeks. */
function endLease(laptopData: string): void {
  const path = join(laptopData, 'secrets.json');
  const held = JSON.parse(readFileSync(path, 'utf8')) as { session: string };
  const book = JSON.parse(held.session) as { people: { leaseEndsAt: number }[] };
  for (const person of book.people) person.leaseEndsAt = 1;
  writeFileSync(path, JSON.stringify({ session: JSON.stringify(book) }));
}

test(
  'F30: everybody can sign in, lock and administer by keys, in light and dark, wide and narrow',
  async () => {
    const serverData = tempFolder();
    const header = 'sku\tname\tquantity\tlocation\tsite';
    await importLines(serverData, {
      kind: 'products',
      header,
      lines: ['SKU-1\tBlue pen\t12\tA-01\tHAM'],
    });
    const [name, login, role] = ['Ada Lund', 'ada', 'administrator'];
    await addPerson(serverData, { name, login, role, sites: [], password: PASSWORD });
    await using server = await startServerProcess(serverData);
    const laptopData = tempFolder();
    await using browser = await launchChromium();
    const screens = new Screens();
    {
      await using shell = await startBrowserProcess(laptopData, server.address);
      await using app = await openAppPage(browser, shell.address);
      await signInByKeys(app, screens);
      await lookAtAccount(app, screens);
      await lookAtAdministration(app, screens);
      await lockAndUnlock(app, screens);
    }
    endLease(laptopData);
    await using shell = await startBrowserProcess(laptopData, server.address);
    await using app = await openAppPage(browser, shell.address);
    await app.page.getByText(/not reached the server for too long/).waitFor();
    await expectFocus(field(app.page, 'Password'));
    await screens.look(app, 'lease-ended');
    await app.page.keyboard.type(PASSWORD, FINGERS);
    await app.page.keyboard.press('Enter');
    await app.page.getByTitle('Your sign-in').waitFor();
    expect(screens.found).toEqual({});
  },
  PATIENCE_MS,
);
