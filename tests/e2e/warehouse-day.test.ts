import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReadable } from '../../main/store/sqlite.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { type AppPage, openAppPage } from './support/app-page.ts';
import { type KeyboardPerson, keyboardPerson } from './support/keyboard-person.ts';
import { launchChromium } from './support/launch-chromium.ts';
import type { Program } from './support/program.ts';
import {
  callServer,
  importLines,
  startBrowserProcess,
  startServerProcess,
} from './support/tallyman.ts';

/**
 * Goal: a day of work ends with the right goods at the right places, on every laptop. Method: three laptops as they are used,
 * each a real browser with its own app process; keyboards and scanners only, no mouse; the server is away while goods are
 * counted blind by two and issued by a third; what really lay there is known, and compared with all files at the end.
 */
const PATIENCE_MS = 90_000;
const PEN = '4006381333931';
const PENS = '14006381333938';
const PENS_IN_A_BOX = 6;

const tempFolder = useTempFolders();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

interface Laptop extends AsyncDisposable {
  app: AppPage;
  folder: string;
  person: KeyboardPerson;
}

async function openLaptop(serverUrl: string): Promise<Laptop> {
  const folder = tempFolder();
  const shell: Program = await startBrowserProcess(folder, serverUrl);
  const app = await openAppPage(browser, `${shell.address}#/`);
  await showsStatus(app, /Up to date/);
  return {
    app,
    folder,
    person: await keyboardPerson(app.page),
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await shell[Symbol.asyncDispose]();
    },
  };
}

async function showsStatus(app: AppPage, words: RegExp): Promise<void> {
  await app.status.filter({ hasText: words }).waitFor({ timeout: PATIENCE_MS });
}

/** By the shortcut, until the work of this laptop is sent and the news of the others is here. */
async function sync({ app }: Laptop): Promise<void> {
  await expect
    .poll(
      async () => {
        await app.page.keyboard.press('Control+Shift+S');
        await app.page.waitForTimeout(1_000);
        return app.status.innerText();
      },
      { timeout: PATIENCE_MS },
    )
    .toMatch(/Up to date[^]*Nothing waiting/);
}

/** 12 pens at A-01, a dock, and 20 pens on their way. */
async function fillServer(folder: string): Promise<void> {
  await importLines(folder, {
    kind: 'products',
    header: 'sku\tbarcode\tname\tquantity\tlocation\tsite\tpack_quantity',
    lines: [
      `PEN-1\t${PEN}\tBlue pen\t12\tA-01\tHAM\t1`,
      `PEN-1\t${PENS}\tBlue pen\t\t\t\t${PENS_IN_A_BOX}`,
    ],
  });
  await importLines(folder, {
    kind: 'locations',
    header: 'site\tcode\tzone',
    lines: ['HAM\tA-01\tA', 'HAM\tA-02\tA', 'HAM\tDOCK-1\tDOCK'],
  });
}

async function expectDelivery(address: string): Promise<void> {
  const server = callServer(address);
  const { rows: products } = await server.catalogue.products.list.query({ limit: 1 });
  const { rows: sites } = await server.catalogue.sites.list.query({ limit: 10 });
  const siteId = String(sites[0]?.id);
  const productId = String(products[0]?.id);
  const id = '01900000-0000-7000-8000-000000000d01';
  await server.entities.delivery.upsert.mutate({
    id,
    site_id: siteId,
    code: 'DEL-7',
    supplier: 'Havel & Sons',
    state: 'expected',
    expected_at: Date.now(),
    note: null,
  });
  await server.entities.deliveryLine.upsert.mutate({
    id: '01900000-0000-7000-8000-000000000d02',
    site_id: siteId,
    delivery_id: id,
    product_id: productId,
    expected: 20,
    received: 0,
  });
}

/** Somebody new says who they are. */
async function begin({ app, person }: Laptop, name: string, role: string): Promise<void> {
  const { page } = app;
  await person.goTo('p');
  await person.press(page.getByRole('button', { name: 'Add somebody' }));
  const dialog = page.getByRole('dialog');
  await dialog.locator('input:focus').waitFor();
  await person.type(name);
  await person.tabTo(dialog.getByRole('combobox', { name: 'Works as' }));
  await person.type(role);
  await person.press(dialog.getByRole('button', { name: 'Start work' }));
  await page.getByRole('contentinfo').getByText(name).waitFor();
}

async function scanAll({ app, person }: Laptop, codes: readonly string[]): Promise<void> {
  const total = app.page.getByTestId('running-total');
  const scans = total.locator('[data-count=scans]');
  for (const code of codes) {
    const before = Number(await scans.getAttribute('data-value'));
    await person.scan(code);
    await total
      .locator(`[data-count=scans][data-value="${before + 1}"]`)
      .waitFor({ timeout: PATIENCE_MS });
  }
}

const boxes = (count: number): string[] => Array.from({ length: count }, () => PENS);

async function receiveThreeBoxes(laptop: Laptop): Promise<void> {
  const { app, person } = laptop;
  const { page } = app;
  await person.goTo('d');
  await person.press(page.getByRole('link', { name: 'DEL-7' }));
  await person.press(page.getByRole('main').getByRole('link', { name: 'Receive', exact: true }));
  await page.getByTestId('running-total').waitFor();
  await scanAll(laptop, ['LOC:DOCK-1', ...boxes(3)]);
  await person.press(page.getByRole('button', { name: 'Receive all this' }));
  await page.getByText('Received 18 pieces at DOCK-1.').waitFor();
}

async function putAway(laptop: Laptop): Promise<void> {
  const { app, person } = laptop;
  await person.goTo('v');
  await app.page.getByTestId('running-total').waitFor();
  await scanAll(laptop, ['LOC:DOCK-1', ...boxes(3), 'LOC:A-02']);
  await person.press(app.page.getByRole('button', { name: 'Move all this' }));
  await app.page.getByText('Moved 18 pieces from DOCK-1 to A-02.').waitFor();
}

async function issue(laptop: Laptop, place: string, pens: number): Promise<void> {
  const { app, person } = laptop;
  await person.goTo('i');
  await app.page.getByTestId('running-total').waitFor();
  await scanAll(laptop, [`LOC:${place}`, ...Array.from({ length: pens }, () => PEN)]);
  await person.press(app.page.getByRole('button', { name: 'Issue all this' }));
  await app.page.getByText(new RegExp(`Issued ${pens} pieces? from ${place}`)).waitFor();
}

async function planCount({ app, person }: Laptop): Promise<void> {
  const { page } = app;
  await person.goTo('n');
  await person.press(page.getByRole('link', { name: 'Plan a count' }));
  await person.tabTo(page.getByRole('textbox', { name: 'Code' }));
  await page.keyboard.press('Control+A');
  await person.type('CNT-A');
  await person.tabTo(page.getByRole('combobox', { name: 'Zone' }));
  await person.type('A');
  await page.keyboard.press('Enter');
  await person.press(page.getByRole('button', { name: 'Plan it' }));
  await page.getByRole('heading', { level: 1, name: /CNT-A/ }).waitFor();
}

async function countPlace(laptop: Laptop, place: string, codes: readonly string[]): Promise<void> {
  const { app, person } = laptop;
  const { page } = app;
  await openCount(laptop);
  await person.press(page.getByRole('link', { name: /^(Start counting|Count)$/ }).first());
  await page.getByTestId('running-total').waitFor();
  expect(await page.getByRole('main').getByText('12').count()).toBe(0);
  await scanAll(laptop, [`LOC:${place}`, ...codes]);
  await person.press(
    page.getByRole('button', { name: `${place} is done: nothing more lies here` }),
  );
  await page.getByText(`Counted: ${place}`).waitFor();
}

async function openCount({ app, person }: Laptop): Promise<void> {
  await person.goTo('n');
  await person.press(app.page.getByRole('link', { name: 'CNT-A' }));
  await app.page.getByRole('heading', { level: 1, name: /CNT-A/ }).waitFor();
}

async function approve(laptop: Laptop): Promise<void> {
  const { app, person } = laptop;
  const { page } = app;
  await openCount(laptop);
  await person.press(page.getByRole('button', { name: 'All counted: review' }));
  await person.press(page.getByRole('link', { name: 'Review' }));
  await page
    .getByText(/^[−-]1/)
    .first()
    .waitFor({ timeout: PATIENCE_MS });
  await person.press(page.getByRole('button', { name: 'Approve and post' }));
  await page
    .getByText(/Approved|approved/)
    .first()
    .waitFor();
}

/** Place → pens, as the files of one side have it. */
function pensIn(files: readonly string[]): Map<string, number> {
  const pens = new Map<string, number>();
  for (const file of files) {
    const db = openReadable(file);
    try {
      const rows = db
        .prepare(
          `SELECT l.code, sum(s.quantity) AS quantity FROM stock_level s JOIN location l ON l.id = s.location_id
           GROUP BY l.code`,
        )
        .all() as { code: string; quantity: number }[];
      for (const { code, quantity } of rows) pens.set(code, quantity);
    } finally {
      db.close();
    }
  }
  return pens;
}

function pensOfLaptop({ folder }: Laptop): Map<string, number> {
  const names = readdirSync(join(folder, 'replica'));
  const sites = names.filter((name) => name.startsWith('site') && name.endsWith('.db'));
  return pensIn(sites.map((name) => join(folder, 'replica', name)));
}

test(
  'F7, F8, F9, F13, F14, S13: a day of three laptops, by keyboard and scanner alone, ends with what really lies there',
  { timeout: 600_000 },
  async () => {
    const serverData = tempFolder();
    await fillServer(serverData);
    const first = await startServerProcess(serverData);
    const port = Number(new URL(first.address).port);
    await expectDelivery(first.address);
    await using anna = await openLaptop(first.address);
    await using ben = await openLaptop(first.address);
    await using cleo = await openLaptop(first.address);
    await begin(anna, 'Anna Berg', 'Counter');
    await begin(ben, 'Ben Ortiz', 'Counter');
    await begin(cleo, 'Cleo Marsh', 'Picker');

    await receiveThreeBoxes(anna);
    await anna.app.picture('day-received');
    await putAway(anna);
    await planCount(anna);
    await sync(anna);
    await sync(ben);
    await sync(cleo);

    // With no server from here on. One pen of A-01 was lost long ago, so 11 lie there in truth.
    await first.kill();
    await issue(cleo, 'A-01', 4);
    await countPlace(
      anna,
      'A-01',
      Array.from({ length: 7 }, () => PEN),
    );
    await anna.app.picture('day-counted');
    await countPlace(ben, 'A-02', boxes(3));
    await issue(cleo, 'A-02', 2);

    await using second = await startServerProcess(serverData, port);
    expect(second.address).toBe(first.address);
    for (const laptop of [anna, ben, cleo]) await sync(laptop);
    await begin(cleo, 'Dora Falk', 'Supervisor');
    await sync(cleo);
    await approve(cleo);
    await cleo.app.picture('day-approved');
    for (const laptop of [cleo, anna, ben]) await sync(laptop);

    const truth = new Map([
      ['A-01', 7],
      ['A-02', 16],
      ['DOCK-1', 0],
    ]);
    for (const laptop of [anna, ben, cleo]) expect(pensOfLaptop(laptop)).toEqual(truth);
    expect(pensIn([join(serverData, 'server.db')])).toEqual(truth);
  },
);
