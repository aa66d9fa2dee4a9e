import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../shared/domain/assert.ts';
import { plannedScan, plannedTotals } from '../support/planned-scans.ts';
import { startScanOffice } from '../support/scan-office.ts';
import { idOf } from '../support/server-rows.ts';
import { storedScans } from '../support/stored-scans.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { launchChromium } from './support/launch-chromium.ts';
import { MS_PER_KEY } from './support/mock-scanner-script.ts';
import { openScanPage, type ScanPage } from './support/scan-page.ts';
import { startBrowserProcess } from './support/tallyman.ts';

/**
 * Goal: however fast somebody scans, every scan is stored once and none is typed into a field. Method: the shipped renderer in
 * a real browser over the real app, whose server changes products all the time and whose process is killed; a mock scanner in the
 * page presses its keys 5 ms apart by their time stamps, as fast as the page takes them, and in a shorter run by the clock.
 */
const SCANS = 10_000;
/** Fewer than may wait in the page. */
const AT_ONCE = 500;
/** Scans that were told to be stored when the process is killed. */
const KILLS = [2_700, 6_200];
const PACED_SCANS = 100;
/** A busy machine may take its time; a quiet one takes a tenth of it. */
const PATIENCE_MS = 900_000;
/** Longer than answers that have arrived wait to be drawn, on a busy machine too. */
const DRAWN_MS = 2_000;

const tempFolder = useTempFolders();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Has the focus, as the field of a search would. */
const ADD_FIELD = `{
  const search = document.createElement('input');
  search.type = 'search';
  document.body.append(search);
  search.focus();
}`;

const textsOf = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => plannedScan(from + at).text);

/** The first scan is of the place. */
async function beginAtPlace(app: ScanPage): Promise<void> {
  await app.scan(['LOC:L0'], 0);
  await app.totalReaches(1);
}

async function scanUpTo(app: ScanPage, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += AT_ONCE) {
    const next = Math.min(at + AT_ONCE, to);
    await app.scan(textsOf(at, next), 0);
    await app.totalReaches(1 + next);
  }
}

/** The one that was stored last may not have been looked up before a kill: whoever opens the tally does that. */
function expectOnce(folder: string, scans: number): void {
  const { ids, texts } = storedScans(folder);
  expect(texts).toEqual(['LOC:L0', ...textsOf(0, scans)]);
  expect(new Set(ids).size).toBe(scans + 1);
}

function expectStored(folder: string, scans: number): void {
  expectOnce(folder, scans);
  const { totals } = storedScans(folder);
  const planned = [...plannedTotals(scans)].map(([product, sum]) => [idOf(product), sum] as const);
  expect(totals).toEqual(new Map(planned));
}

/** Returns how many scans the page had told to be stored when its app was killed. */
async function scanUntilKilled(
  app: ScanPage,
  { from, killAt, kill }: { from: number; killAt: number; kill: () => Promise<void> },
): Promise<number> {
  await scanUpTo(app, from, killAt);
  // Nobody waits for these: the app ends in the middle of them, and of a sync.
  const scanning = app.scan(textsOf(killAt, killAt + AT_ONCE), 0);
  await syncNow(app);
  await expect.poll(() => app.total(), { timeout: PATIENCE_MS }).toBeGreaterThan(1 + killAt);
  await kill();
  await scanning;
  return (await drawnTotal(app)) - 1;
}

/** Once nothing is drawn any more. */
async function drawnTotal(app: ScanPage): Promise<number> {
  for (let before = -1; ;) {
    const total = await app.total();
    if (total === before) return total;
    before = total;
    await new Promise((next) => setTimeout(next, DRAWN_MS));
  }
}

/** Without the focus that a click would take from the field. */
async function syncNow(app: ScanPage): Promise<void> {
  await app.page.getByRole('button', { name: 'Sync now' }).dispatchEvent('click');
}

test(
  'C1, C4, C5, R1: 10,000 scans at 5 ms per key through the window, with syncs running and the app killed twice, are stored once each, and none is in a field',
  { timeout: PATIENCE_MS },
  async () => {
    const folder = tempFolder();
    await using office = await startScanOffice(tempFolder());
    let stored = 0;
    for (const killAt of KILLS) {
      await using shell = await startBrowserProcess(folder, office.url);
      await using app = await openScanPage(browser, shell.address);
      if (stored === 0) await beginAtPlace(app);
      else expect(await app.total()).toBe(1 + stored);
      await app.page.evaluate(ADD_FIELD);
      const told = await scanUntilKilled(app, { from: stored, killAt, kill: shell.kill });
      // Whatever the page has counted is there; the one that was on its way may be there too.
      stored = storedScans(folder).texts.length - 1;
      expect(stored - told).toBeGreaterThanOrEqual(0);
      expect(stored - told).toBeLessThanOrEqual(1);
      expectOnce(folder, stored);
    }
    await using shell = await startBrowserProcess(folder, office.url);
    await using app = await openScanPage(browser, shell.address);
    // A person sees how far it got, and scans the rest again.
    expect(await app.total()).toBe(1 + stored);
    await app.page.evaluate(ADD_FIELD);
    await scanUpTo(app, stored, SCANS);
    expect(await app.page.getByRole('searchbox').inputValue()).toBe('');
    expectStored(folder, SCANS);
  },
);

test(
  'C1, F1: scans at a true pace of 5 ms per key, with no field, a quantity and a search in focus',
  { timeout: PATIENCE_MS },
  async () => {
    const folder = tempFolder();
    await using office = await startScanOffice(tempFolder());
    await using shell = await startBrowserProcess(folder, office.url);
    await using app = await openScanPage(browser, shell.address);
    await beginAtPlace(app);
    const pace = (must(textsOf(0, 1)[0], 'a code').length + 1) * MS_PER_KEY;
    const quantity = app.page.getByRole('textbox', { name: /^Quantity of/ }).first();
    const search = app.page.getByRole('combobox', { name: 'Product, if nothing can be scanned' });
    let scans = 0;
    for (const focus of [null, quantity, search]) {
      await focus?.focus();
      await app.scan(textsOf(scans, scans + PACED_SCANS), pace);
      scans += PACED_SCANS;
      await app.totalReaches(1 + scans);
    }
    expect(await search.inputValue()).toBe('');
    expectStored(folder, scans);
    await app.picture('scans-at-pace');
  },
);
