import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { useTempFolders } from '../support/temp-folder.ts';
import { type AppPage, openAppPage } from './support/app-page.ts';
import { launchChromium } from './support/launch-chromium.ts';
import { importLines, startBrowserProcess, startServerProcess } from './support/tallyman.ts';

const tempFolder = useTempFolders();

beforeAll(() => {
  // By itself the reader would fetch its program from the network.
  const wasm = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
});

/** 300 dots in an inch. */
const PRINTER_SCALE = 300 / 96;
const PEN = '4006381333931';
const POINTS_PER_MM = 72 / 25.4;
/** Of the pages in a PDF, in points. */
const MEDIA_BOX = /\/MediaBox\s*\[\s*0 0 (?<width>[\d.]+) (?<height>[\d.]+)\s*\]/g;

async function fillServer(serverData: string): Promise<void> {
  const header = 'sku\tbarcode\tname\tcategory\tbrand\tquantity\tlocation\tsite';
  const lines = [
    `SKU-1\t${PEN}\tBlue pen\tOffice/Pens\tStabilo\t12\tA-01\tHAM`,
    'SKU-2\t036000291452\tTissues\tOffice/Paper\tKleenex\t3\tA-02\tHAM',
  ];
  await importLines(serverData, { kind: 'products', header, lines });
}

async function addLabel({ page }: AppPage, text: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Add a product or location' });
  await field.fill(text);
  await field.press('Enter');
  await expect.poll(() => field.inputValue()).toBe('');
}

async function chooseLayout({ page }: AppPage, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Labels' }).click();
  await page.getByRole('option', { name }).click();
}

/** The pages that come out, each by its size in whole millimetres. */
async function printToPdf(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const millimetres = (points: string | undefined): number =>
    Math.round(Number(points) / POINTS_PER_MM);
  return [...pdf.matchAll(MEDIA_BOX)].map(
    ({ groups }) => `${millimetres(groups?.['width'])} × ${millimetres(groups?.['height'])}`,
  );
}

/** What a scanner reads on the paper that the printer gets, as fine as it prints. */
async function readPrinted(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await page.emulateMedia({ media: 'print' });
  const read: string[] = [];
  for (const paper of await page.locator('body > div > svg').all()) {
    const picture = new Uint8Array(await paper.screenshot());
    const found = await readBarcodes(picture, { tryHarder: true, maxNumberOfSymbols: 50 });
    read.push(...found.map(({ format, text }) => `${format} ${text}`));
  }
  await page.emulateMedia({ media: null });
  await page.evaluate('void dispatchEvent(new Event("afterprint"))');
  return read.toSorted();
}

/** Texts that reach over the edge of their label, as the browser really draws them. */
async function textsOverEdge(page: Page): Promise<string[]> {
  const paper = await page.locator('main svg[role="img"]').boundingBox();
  if (!paper) throw new Error('There is no preview.');
  const over: string[] = [];
  for (const text of await page.locator('main svg[role="img"] text').all()) {
    const box = await text.boundingBox();
    const isInside = box && box.x >= paper.x && box.x + box.width <= paper.x + paper.width;
    if (!isInside) over.push(await text.innerHTML());
  }
  return over;
}

test('F20, F21: labels come out of the printer in their true size, and scan as what they stand for', async () => {
  const serverData = tempFolder();
  await fillServer(serverData);
  await using server = await startServerProcess(serverData);
  await using shell = await startBrowserProcess(tempFolder(), server.address);
  await using browser = await launchChromium();
  await using app = await openAppPage(browser, 'about:blank', PRINTER_SCALE);
  const { page } = app;
  // The dialog of the operating system is not there to be answered.
  await page.addInitScript('globalThis.print = () => undefined');
  await page.goto(shell.address);
  await app.status.filter({ hasText: 'Up to date' }).waitFor();
  await page.getByRole('link', { name: 'Labels' }).click();
  await addLabel(app, PEN);
  await addLabel(app, 'SKU-2');
  await addLabel(app, 'A-01');
  await page.getByText('3 labels', { exact: true }).waitFor();

  await chooseLayout(app, '57 × 32 mm');
  expect(await printToPdf(page)).toEqual(['57 × 32', '57 × 32', '57 × 32']);
  expect(await textsOverEdge(page)).toEqual([]);
  // An UPC is an EAN that begins with zero, and reads as one.
  const scanned = ['Code128 LOC:A-01', 'EAN13 0036000291452', `EAN13 ${PEN}`];
  expect(await readPrinted(page)).toEqual(scanned);

  await chooseLayout(app, '70 × 37 mm');
  expect(await printToPdf(page)).toEqual(['210 × 297']);
  expect(await readPrinted(page)).toEqual(scanned);
  await page.getByRole('textbox', { name: 'Start at position' }).fill('23');
  expect(await printToPdf(page)).toEqual(['210 × 297', '210 × 297']);

  await page.getByText('Empty slot', { exact: true }).click();
  await chooseLayout(app, '100 × 50 mm');
  await page.getByRole('img', { name: 'Page 1 of 3' }).getByText('A-01', { exact: true }).waitFor();
  expect(await printToPdf(page)).toEqual(['100 × 50', '100 × 50', '100 × 50']);
  expect(await readPrinted(page)).toEqual(scanned);
  await app.picture('labels');
});

/** The pages that come out. Printed anew each time: the sheet is gone from the page after it. */
async function printSheet(page: Page, pageRanges = ''): Promise<Buffer> {
  await page.getByRole('button', { name: 'Print sheet' }).click();
  await page.locator('body > div > article').waitFor({ state: 'attached' });
  return page.pdf({ preferCSSPageSize: true, pageRanges });
}

test('F9, F20: the sheet of a count goes over several pages of A4, each with the head of its columns', async () => {
  const serverData = tempFolder();
  await fillServer(serverData);
  const codes = Array.from({ length: 60 }, (_, at) => `B-${String(at + 1).padStart(2, '0')}`);
  await importLines(serverData, {
    kind: 'locations',
    header: 'site\tcode\tzone',
    lines: codes.map((code) => `HAM\t${code}\tB`),
  });
  await using server = await startServerProcess(serverData);
  await using shell = await startBrowserProcess(tempFolder(), server.address);
  await using browser = await launchChromium();
  await using app = await openAppPage(browser, 'about:blank');
  const { page } = app;
  await page.addInitScript('globalThis.print = () => undefined');
  await page.goto(shell.address);
  await app.status.filter({ hasText: 'Up to date' }).waitFor();
  await page.evaluate("location.hash = '#/counts/new'");
  await page.getByRole('textbox', { name: 'Code' }).fill('CNT-B');
  await page.getByRole('button', { name: 'Plan it' }).click();

  const pages = (await printSheet(page)).toString('latin1').match(MEDIA_BOX);
  expect(pages?.length).toBeGreaterThan(1);
  const second = await printSheet(page, '2');
  // The page takes no styles from elsewhere, so they are added as its own scripts would.
  await page.evaluate(`{
    const hidden = new CSSStyleSheet();
    hidden.replaceSync('article thead { visibility: hidden; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, hidden];
  }`);
  const withoutHead = await printSheet(page, '2');
  expect(second.byteLength).toBeGreaterThan(withoutHead.byteLength);
});
