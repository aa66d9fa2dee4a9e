import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { openReadable } from '../../main/store/sqlite.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { type AppPage, openAppPage } from './support/app-page.ts';
import { launchChromium } from './support/launch-chromium.ts';
import {
  callServer,
  importProducts,
  startBrowserProcess,
  startServerProcess,
} from './support/tallyman.ts';

/**
 * Goal: the whole promise, as a person lives it. Method: a real server process, the real app process and a real browser,
 * with real files; the server is killed, changed and replaced under them.
 */
const PRODUCTS = 3_000;
/** Of a step that waits for the other side: a probe every ten seconds, on a slow and busy machine. */
const PATIENCE_MS = 60_000;

const tempFolder = useTempFolders();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

function lines(count: number): string[] {
  return Array.from({ length: count }, (_, number) => {
    const name = number === 777 ? 'Schraubenschlüssel 13 mm' : `Washer M${number}`;
    const barcode = number === 777 ? '4006381333931' : '';
    return `SKU-${number}\t${barcode}\t${name}\tTools/Group ${number % 40}\tBrand ${number % 90}`;
  });
}

function portOf(address: string): number {
  return Number(new URL(address).port);
}

async function showsCount(app: AppPage, count: number): Promise<void> {
  const words = new Intl.NumberFormat('en-GB').format(count);
  await app.count.filter({ hasText: `${words} product` }).waitFor({ timeout: PATIENCE_MS });
}

async function showsStatus(app: AppPage, words: RegExp): Promise<void> {
  await app.status.filter({ hasText: words }).waitFor({ timeout: PATIENCE_MS });
}

test('F6, S4: a day without the server: synced, searched offline, and the change seen when it is back', async () => {
  const serverData = tempFolder();
  await importProducts(serverData, lines(PRODUCTS));
  await using first = await startServerProcess(serverData);
  await using shell = await startBrowserProcess(tempFolder(), first.address);
  await using app = await openAppPage(browser, shell.address);

  await showsStatus(app, /Up to date/);
  await showsCount(app, PRODUCTS);
  await app.search('schraubenschlussel');
  await app.product(/Schraubenschlüssel 13 mm SKU-777/).waitFor();
  await app.picture('synced');

  await first.kill();
  await app.syncNow();
  await showsStatus(app, /Offline/);
  await app.search('washer m1234');
  await app.product(/Washer M1234/).waitFor();
  await showsCount(app, 1);
  await app.picture('offline');

  await using second = await startServerProcess(serverData, portOf(first.address));
  const server = callServer(second.address);
  const found = await server.catalogue.products.search.query({ text: 'SKU-1234', limit: 1 });
  const { row_version: _, ...row } = found.rows[0] as unknown as Record<string, unknown>;
  await server.catalogue.products.upsert.mutate({ ...row, name: 'Renamed overnight' } as never);
  await app.syncNow();
  await showsStatus(app, /Up to date/);
  await app.search('overnight');
  await app.product(/Renamed overnight SKU-1234/).waitFor({ timeout: PATIENCE_MS });
  await app.search('washer m1234');
  await app.page.getByText('Nothing found for').waitFor();
  await app.picture('changed');
});

test('S10: a server that was wiped is refused in plain words, and nothing is lost', async () => {
  const serverData = tempFolder();
  await importProducts(serverData, lines(PRODUCTS));
  await using server = await startServerProcess(serverData);
  await using shell = await startBrowserProcess(tempFolder(), server.address);
  await using app = await openAppPage(browser, shell.address);
  await showsStatus(app, /Up to date/);
  await showsCount(app, PRODUCTS);

  await server.kill();
  await using wiped = await startServerProcess(tempFolder(), portOf(server.address));
  expect(wiped.address).toBe(server.address);
  await app.syncNow();
  await showsStatus(app, /Needs your decision/);
  await app.page.getByRole('link', { name: 'Sync', exact: true }).click();
  const screen = app.page.getByRole('main');
  await screen.getByText('Another server answers at this address').first().waitFor();
  await screen.getByRole('button', { name: 'Review and decide' }).waitFor();
  await app.picture('wiped');
  await app.page.getByRole('link', { name: 'Catalogue', exact: true }).click();
  await showsCount(app, PRODUCTS);
  await app.search('schlüssel 13');
  await app.product(/Schraubenschlüssel 13 mm/).waitFor();
});

test('the app killed in the middle of its first sync goes on and ends equal to the server', async () => {
  const serverData = tempFolder();
  const laptopData = tempFolder();
  await importProducts(serverData, lines(40_000));
  await using server = await startServerProcess(serverData);
  const killed = await startBrowserProcess(laptopData, server.address);
  {
    await using app = await openAppPage(browser, killed.address);
    await app.page.getByRole('progressbar').first().waitFor({ timeout: PATIENCE_MS });
    await app.page
      .getByText(/of [\d,.]+ rows/)
      .first()
      .waitFor({ timeout: PATIENCE_MS });
    await app.picture('half-way');
    await killed.kill();
  }
  await using shell = await startBrowserProcess(laptopData, server.address);
  await using app = await openAppPage(browser, shell.address);
  await showsStatus(app, /Up to date/);
  await showsCount(app, 40_000);
  const replica = readdirSync(join(laptopData, 'replica')).find((name) => name.endsWith('.db'));
  const arrived = productsIn(join(laptopData, 'replica', String(replica)));
  expect(arrived).toHaveLength(40_000);
  expect(arrived).toEqual(productsIn(join(serverData, 'server.db')));
});

function productsIn(file: string): unknown[] {
  const db = openReadable(file);
  try {
    return db
      .prepare('SELECT lower(hex(id)), sku, name, row_version FROM product ORDER BY sku')
      .raw()
      .all();
  } finally {
    db.close();
  }
}
