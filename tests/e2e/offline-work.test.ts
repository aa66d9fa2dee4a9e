import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Locator } from 'playwright-core';
import { openReadable } from '../../main/store/sqlite.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { type AppPage, openAppPage } from './support/app-page.ts';
import { launchChromium } from './support/launch-chromium.ts';
import { importLines, startBrowserProcess, startServerProcess } from './support/tallyman.ts';

/**
 * Goal: what people do with no server reaches it by itself, once, and nothing is lost or decided behind their backs.
 * Method: two laptops as they are used, a browser with the app process behind it, and a server process that is stopped,
 * all on real files; what is in the files is compared at the end.
 */

/** Of a step that waits for the other side: a probe every ten seconds, on a slow and busy machine. */
const PATIENCE_MS = 60_000;
/** More than there is on any screen to go through with Tab. */
const TABS_MAX = 60;

const tempFolder = useTempFolders();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function fillServer(folder: string): Promise<void> {
  const header = 'sku\tname\tquantity\tlocation\tsite';
  const lines = ['DRL-1\tCordless drill\t40\tA-01\tHAM', 'SAW-1\tPanel saw\t7\tA-02\tHAM'];
  await importLines(folder, { kind: 'products', header, lines });
}

async function open(address: string): Promise<AppPage> {
  const app = await openAppPage(browser, address);
  await showsStatus(app, /Up to date|Offline/);
  return app;
}

async function showsStatus(app: AppPage, words: RegExp): Promise<void> {
  await app.status.filter({ hasText: words }).waitFor({ timeout: PATIENCE_MS });
}

async function goTo(app: AppPage, ...names: readonly string[]): Promise<void> {
  for (const name of names)
    await app.page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
}

async function openProduct(app: AppPage, name: string): Promise<void> {
  await goTo(app, 'Catalogue');
  await app.search(name);
  await app.product(new RegExp(name)).click();
  await app.page.getByRole('heading', { level: 1, name }).waitFor();
}

async function issueThree(app: AppPage): Promise<void> {
  const { page } = app;
  await openProduct(app, 'Cordless drill');
  await page.getByRole('button', { name: 'Issue', exact: true }).click();
  const dialog = page.getByRole('dialog');
  // As a person does, who types when the field is there and goes on when it shows the place.
  await dialog.locator('input:focus').waitFor();
  await page.keyboard.type('A-01');
  await page.keyboard.press('Enter');
  await expect.poll(() => dialog.locator('input').first().inputValue()).toBe('A-01 (HAM)');
  await dialog.getByRole('textbox', { name: 'Quantity' }).fill('3');
  await page.keyboard.press('Enter');
  await page.getByText('Issued 3 pcs from A-01. On hand now: 37 pcs.').waitFor();
}

async function writeNote(app: AppPage, text: string): Promise<void> {
  const note = app.page.getByRole('region', { name: 'Note' });
  await note.getByRole('button', { name: 'Write a note' }).click();
  await note.getByRole('textbox').fill(text);
  await app.page.keyboard.press('Control+Enter');
  await note.getByText('Note saved.').waitFor();
  await note.getByText('Waiting to be sent').waitFor();
}

async function nameLocation(app: AppPage, name: string): Promise<void> {
  await goTo(app, 'Locations');
  await app.page.getByRole('button', { name: 'A-01' }).click();
  const panel = app.page.getByRole('dialog', { name: 'A-01' });
  await panel.getByRole('textbox', { name: 'Name' }).fill(name);
  await panel.getByRole('button', { name: 'Save', exact: true }).click();
  await app.page.getByRole('row', { name: new RegExp(`${name}.*Waiting to be sent`) }).waitFor();
}

/** The three things that were done, with no way to have come from the server. */
async function showsWaitingWork(app: AppPage): Promise<void> {
  await showsStatus(app, /3 changes waiting/);
  await goTo(app, 'Sync', 'Waiting work');
  const items = app.page.getByRole('region', { name: 'Waiting' }).getByRole('listitem');
  await items.nth(2).waitFor();
  expect(await items.count()).toBe(3);
  expect(await items.allInnerTexts()).toEqual([
    expect.stringMatching(/Movement.*\n[^]*Cordless drill/),
    expect.stringMatching(/Note.*\n[^]*Battery is sold apart/),
    expect.stringMatching(/Location.*\n?[^]*A-01[^]*Bulk north/),
  ]);
}

async function tabTo(app: AppPage, target: Locator): Promise<void> {
  for (let presses = 0; presses < TABS_MAX; presses++) {
    await app.page.keyboard.press('Tab');
    if ((await target.and(app.page.locator(':focus')).count()) > 0) return;
  }
  throw new Error('Tab does not lead there.');
}

/** With the keyboard alone, from the badge of the row to the decision. */
async function decideForMine(app: AppPage): Promise<void> {
  const { page } = app;
  await tabTo(app, page.getByRole('link', { name: /^Locations/ }));
  await page.keyboard.press('Enter');
  const badge = page.getByRole('link', { name: 'Needs your decision' });
  await badge.waitFor();
  await tabTo(app, badge);
  await page.keyboard.press('Enter');
  const mine = page.getByRole('group', { name: 'Name' }).getByRole('radio', { name: /^Mine/ });
  await mine.waitFor();
  await tabTo(app, mine);
  await page.keyboard.press('Space');
  await tabTo(app, page.getByRole('button', { name: 'Apply decision' }));
  await page.keyboard.press('Enter');
  await page.getByText('Decided: A-01').waitFor();
}

async function takeBackIssue(app: AppPage): Promise<void> {
  await openProduct(app, 'Cordless drill');
  const history = app.page.getByRole('region', { name: 'Movements' });
  await history.getByRole('button', { name: 'Undo: Issued from A-01' }).click();
  await history.getByText('taken back', { exact: true }).waitFor();
  await app.page.getByText('40 pcs').first().waitFor();
}

/** Every row that people can change, as it is in the files of one side. */
function rowsIn(files: readonly string[]): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = {};
  for (const file of files) {
    const db = openReadable(file);
    try {
      for (const [table, columns] of Object.entries(COMPARED)) {
        const isHere = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = ?`).get(table);
        const select = `SELECT lower(hex(id)), ${columns} FROM ${table} ORDER BY id`;
        if (isHere) (found[table] ??= []).push(...db.prepare(select).raw().all());
      }
    } finally {
      db.close();
    }
  }
  return found;
}

const COMPARED = {
  product_note: 'text',
  location: 'code, name, zone, blocked',
  stock_level: 'quantity',
  stock_movement: 'kind, quantity',
} as const;

function rowsOfLaptop(folder: string): Record<string, unknown[]> {
  const names = readdirSync(join(folder, 'replica')).filter((name) => name.endsWith('.db'));
  return rowsIn(names.map((name) => join(folder, 'replica', name)));
}

test('F7, S5: work without the server is shown at once, kept, sent by itself, decided about and taken back', async () => {
  const [serverData, dataOfA, dataOfB] = [tempFolder(), tempFolder(), tempFolder()];
  await fillServer(serverData);
  await using first = await startServerProcess(serverData);
  const port = Number(new URL(first.address).port);
  const stopped = await startBrowserProcess(dataOfA, first.address);
  await using shellOfB = await startBrowserProcess(dataOfB, first.address);
  await using b = await open(shellOfB.address);
  {
    await using a = await open(stopped.address);
    await showsStatus(a, /Up to date/);
    await showsStatus(b, /Up to date/);
    await first.kill();

    await issueThree(a);
    await a.page.getByText('-3 waiting to be sent').first().waitFor();
    await writeNote(a, 'Battery is sold apart');
    await a.picture('work-product');
    await nameLocation(a, 'Bulk north');
    await a.picture('work-locations');
    await showsWaitingWork(a);
    await a.picture('work-waiting');
    await a.page.reload();
    await showsWaitingWork(a);
    await stopped.kill();
  }
  await using shellOfA = await startBrowserProcess(dataOfA, first.address);
  await using a = await open(shellOfA.address);
  await showsWaitingWork(a);
  await nameLocation(b, 'Dock side');

  await using second = await startServerProcess(serverData, port);
  expect(second.address).toBe(first.address);
  await Promise.all([a, b].map((app) => showsStatus(app, /Nothing waiting/)));
  const asked = await Promise.any(
    [a, b].map(async (app) => {
      await showsStatus(app, /1 conflict/);
      return app;
    }),
  );
  await asked.picture('work-conflict');
  await decideForMine(asked);
  await showsStatus(asked, /Nothing waiting(?!.*conflict)/);

  await takeBackIssue(a);
  const movements = a.page.getByRole('region', { name: 'Movements' });
  await movements.getByText('Waiting to be sent').waitFor({ state: 'detached' });
  await a.picture('work-taken-back');
  await goTo(a, 'Sync', 'Log');
  const runs = a.page.getByRole('main').getByRole('row');
  await runs
    .filter({ hasText: /Complete.*(My work|Everything).*Your change/ })
    .first()
    .waitFor();
  await runs.filter({ hasText: 'Failed' }).first().waitFor();

  await Promise.all(
    [a, b].map(async (app) => {
      await app.page.getByRole('button', { name: 'Sync now' }).click();
      await showsStatus(app, /Up to date.*Nothing waiting/);
    }),
  );
  const onServer = rowsIn([join(serverData, 'server.db')]);
  const name = asked === a ? 'Bulk north' : 'Dock side';
  expect(onServer['location']?.flat()).toContain(name);
  expect(onServer['product_note']?.flat()).toContain('Battery is sold apart');
  expect(onServer['stock_movement']).toHaveLength(2);
  await expect.poll(() => rowsOfLaptop(dataOfA)).toEqual(onServer);
  await expect.poll(() => rowsOfLaptop(dataOfB)).toEqual(onServer);
});
