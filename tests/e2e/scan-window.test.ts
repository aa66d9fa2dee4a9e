import type { Browser, CDPSession, Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { CALIBRATION_TEXT } from '../../shared/scan/learn-profile.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTempFolders } from '../support/temp-folder.ts';
import { openAppPage } from './support/app-page.ts';
import { launchChromium } from './support/launch-chromium.ts';
import { importProducts, startBrowserProcess, startServerProcess } from './support/tallyman.ts';

/**
 * Goal: in a real browser, with the renderer as it is shipped, a scanner's keys become scans and nothing else. Method: trusted
 * key events through the browser's own input, with the time stamps of a scanner. Great numbers: ten-thousand-scans.test.ts.
 */
const SCANS = 20;
const MS_PER_KEY = 5;
/** No length of an article number, so that nobody looks for a check digit. */
const CODE_LENGTH = 9;

/** What the field and a form around it hear of the end of a code. */
const WATCH_ENTERS = `{
  window.enters = [];
  const field = document.activeElement;
  field.form?.addEventListener('submit', () => enters.push('submit'));
  field.addEventListener('keydown', ({ key }) => key === 'Enter' && enters.push(key));
}`;

/** Nobody listens there. */
const NO_SERVER = 'http://127.0.0.1:9';

const tempFolder = useTempFolders();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

interface PressedKey {
  code: string;
  key: string;
  text?: string;
  windowsVirtualKeyCode: number;
}

const ENTER: PressedKey = { code: 'Enter', key: 'Enter', text: '\r', windowsVirtualKeyCode: 13 };

function digitKey(digit: string): PressedKey {
  return {
    code: `Digit${digit}`,
    key: digit,
    text: digit,
    windowsVirtualKeyCode: digit.charCodeAt(0),
  };
}

/** Keys of a scanner: trusted, and as far apart as their time stamps say, however busy the machine is. */
class RealScanner {
  readonly #session: CDPSession;
  #at = Date.now() / 1_000;

  constructor(session: CDPSession) {
    this.#session = session;
  }

  async scan(code: string): Promise<void> {
    // Not waited for one by one: the browser serves them in order.
    await Promise.all([...Array.from(code, digitKey), ENTER].flatMap((key) => this.press(key)));
  }

  press(key: PressedKey): Promise<unknown>[] {
    this.#at += MS_PER_KEY / 1_000;
    return (['keyDown', 'keyUp'] as const).map((type) =>
      this.#session.send('Input.dispatchKeyEvent', {
        type,
        timestamp: this.#at,
        code: key.code,
        key: key.key,
        windowsVirtualKeyCode: key.windowsVirtualKeyCode,
        ...(type === 'keyDown' && key.text !== undefined ? { text: key.text } : {}),
      }),
    );
  }
}

async function scannerOf(page: Page): Promise<RealScanner> {
  return new RealScanner(await page.context().newCDPSession(page));
}

function codeOf(number: number): string {
  return String(700_000_000 + number);
}

test('C1: real bursts into a focused search field are framed once each, and none is typed into it', async () => {
  const serverData = tempFolder();
  await importProducts(serverData, ['SKU-1\t4006381333931\tMarker\tOffice\tBrand']);
  await using server = await startServerProcess(serverData);
  await using shell = await startBrowserProcess(tempFolder(), server.address);
  await using app = await openAppPage(browser, `${shell.address}#/catalogue`);
  const { page } = app;
  await app.product(/Marker/).waitFor();
  const field = page.getByRole('combobox', { name: 'Search products' });
  await field.fill('mark');
  await page.evaluate(WATCH_ENTERS);
  const scanner = await scannerOf(page);
  for (let number = 0; number < SCANS; number++) {
    await scanner.scan(codeOf(number));
    expect(await field.inputValue()).toBe('mark');
  }
  expect(await page.evaluate('enters')).toEqual([]);
  await page.getByText(`Nothing has the code ${codeOf(SCANS - 1)}.`).waitFor();
  await page.goto(page.url().replace(/#.*/, '#/settings/scanner'));
  const kept = page.getByRole('region', { name: 'Unknown codes' }).getByRole('listitem');
  await kept.first().waitFor();
  const codes = (await kept.allTextContents()).map((text) => text.slice(0, CODE_LENGTH));
  expect(codes).toEqual(Array.from({ length: SCANS }, (_, at) => codeOf(SCANS - 1 - at)));
});

test('C6: the calibration barcode is read from the screen as what teaches the app', async () => {
  const wasm = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } });
  await using shell = await startBrowserProcess(tempFolder(), NO_SERVER);
  await using app = await openAppPage(browser, `${shell.address}#/settings/scanner`);
  const barcode = app.page.getByRole('img', { name: 'Calibration barcode' });
  for (const kind of ['Square, for cameras', 'Bars, for lasers']) {
    await app.page.getByText(kind).click();
    await barcode.scrollIntoViewIfNeeded();
    const picture = new Uint8Array(await barcode.screenshot());
    const [found] = await readBarcodes(picture, { tryHarder: true });
    expect(found && Buffer.from(found.bytes).toString('latin1'), kind).toBe(CALIBRATION_TEXT);
  }
});
