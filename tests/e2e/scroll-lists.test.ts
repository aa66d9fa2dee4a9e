import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTempFolders } from '../support/temp-folder.ts';
import { openAppPage } from './support/app-page.ts';
import { launchChromium } from './support/launch-chromium.ts';
import { importProducts, startBrowserProcess, startServerProcess } from './support/tallyman.ts';

/**
 * Goal: a list of 100,000 rows scrolls without a blank frame. Method: the real app, a mouse wheel, and a look at every frame
 * just before it is painted: at ten heights of the list there is a row. A row whose page is still being read shows its bars
 * and counts as drawn; when the wheel stops, all of them hold their text.
 */
const PRODUCTS = 100_000;
const PATIENCE_MS = 120_000;
const WHEEL_STEPS = 150;
const WHEEL_PIXELS = 420;
const LOOKS = 10;
/** Fewer, and the wheel was not seen moving. */
const FRAMES_MIN = 30;

interface Seen {
  frames: number;
  blank: number;
  scrolled: number;
}

const tempFolder = useTempFolders();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** In the page: looks at every frame until it is told to stop. */
const LOOK_AT_FRAMES = `(() => {
  const list = document.querySelector('#product-list');
  const { left, top, width, height } = list.getBoundingClientRect();
  const seen = { frames: 0, blank: 0, scrolled: list.scrollTop };
  let isOver = false;
  const isRowAt = (share) =>
    document.elementFromPoint(left + width / 2, top + share * height)?.closest('[role="option"]') != null;
  const look = () => {
    if (isOver) return;
    seen.frames += 1;
    const shares = Array.from({ length: ${LOOKS} }, (_, at) => (at + 0.5) / ${LOOKS});
    if (!shares.every(isRowAt)) seen.blank += 1;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.stopLooking = () => {
    isOver = true;
    return { ...seen, scrolled: list.scrollTop - seen.scrolled };
  };
})()`;

async function stopLooking(page: Page): Promise<Seen> {
  return page.evaluate<Seen>('window.stopLooking()');
}

test('a list of 100,000 products scrolls without a blank frame', async () => {
  const serverData = tempFolder();
  await importProducts(
    serverData,
    Array.from({ length: PRODUCTS }, (_, at) => `S-${at}\t\tWasher M${at}\tTools\tBrand ${at % 9}`),
  );
  await using server = await startServerProcess(serverData);
  await using shell = await startBrowserProcess(tempFolder(), server.address);
  await using app = await openAppPage(browser, shell.address);
  await app.count.filter({ hasText: '100,000 products' }).waitFor({ timeout: PATIENCE_MS });
  const list = app.page.getByRole('listbox', { name: 'Products' });
  await list.hover();

  await app.page.evaluate(LOOK_AT_FRAMES);
  for (let step = 0; step < WHEEL_STEPS; step++) {
    await app.page.mouse.wheel(0, step % 5 === 4 ? -WHEEL_PIXELS : WHEEL_PIXELS);
  }
  const down = await stopLooking(app.page);
  expect(down.blank).toBe(0);
  expect(down.frames).toBeGreaterThan(FRAMES_MIN);
  expect(down.scrolled).toBeGreaterThan(WHEEL_STEPS * WHEEL_PIXELS * 0.5);

  // To the end and back at once, as by dragging the scroll bar.
  await app.page.evaluate(LOOK_AT_FRAMES);
  for (const place of [1, 0.3, 0.8, 0, 0.5]) {
    await app.page.evaluate(
      `{ const list = document.querySelector('#product-list'); list.scrollTop = ${place} * list.scrollHeight; }`,
    );
    await app.page.waitForTimeout(100);
  }
  const jumped = await stopLooking(app.page);
  expect(jumped.blank).toBe(0);
  await app.page
    .getByRole('option', { name: /Washer M/ })
    .first()
    .waitFor();
  await expect
    .poll(() => app.page.locator('[role="option"][aria-disabled]').count(), {
      timeout: PATIENCE_MS,
    })
    .toBe(0);
});
