import type { Browser, Page } from 'playwright-core';
import { DEFAULT_SCANNER } from '../../../shared/scan/scanner-profile.ts';
import { type AppPage, openAppPage } from './app-page.ts';
import { mockScannerScript, MS_PER_KEY } from './mock-scanner-script.ts';

const PATIENCE_MS = 300_000;

export interface ScanPage extends AppPage {
  /** Scans one after the other, so many ms apart by the clock; 0: as fast as the page takes them. */
  scan: (texts: readonly string[], everyMs: number) => Promise<void>;
  /** How many scans the running total counts. */
  total: () => Promise<number>;
  totalReaches: (scans: number) => Promise<void>;
}

/** Runs in the page. A pause between two codes is longer than any between two keys. */
const SCAN_ALL = `async ({ texts, everyMs, msPerKey, profile }) => {
  const scanner = mockScanner.createMockScanner({ page: window, profile, msPerKey });
  const start = performance.now();
  for (const [at, text] of texts.entries()) {
    scanner.wait(100);
    scanner.scan(text);
    const late = performance.now() - start - (at + 1) * everyMs;
    if (everyMs > 0 || at % 10 === 0) await new Promise((next) => setTimeout(next, Math.max(0, -late)));
  }
}`;

/** Opens the work of receiving goods, with the project's own mock scanner in the page. */
export async function openScanPage(browser: Browser, address: string): Promise<ScanPage> {
  const app = await openAppPage(browser, address);
  const { page } = app;
  // No graphics card draws the fading edge of the window here; its frames would cost more than the scans.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.status.filter({ hasText: /Up to date/ }).waitFor({ timeout: PATIENCE_MS });
  await page.goto(`${new URL(page.url()).origin}/#/receive`);
  const total = page.getByTestId('running-total');
  await total.waitFor({ timeout: PATIENCE_MS });
  await page.evaluate(await mockScannerScript());
  return {
    ...app,
    scan: (texts, everyMs) => scanIn(page, texts, everyMs),
    total: async () => {
      const shown = await total.locator('[data-count=scans]').getAttribute('data-value');
      return Number(shown);
    },
    totalReaches: (scans) =>
      total.locator(`[data-count=scans][data-value="${scans}"]`).waitFor({ timeout: PATIENCE_MS }),
  };
}

async function scanIn(page: Page, texts: readonly string[], everyMs: number): Promise<void> {
  const request = { texts, everyMs, msPerKey: MS_PER_KEY, profile: DEFAULT_SCANNER };
  await page.evaluate(`(${SCAN_ALL})(${JSON.stringify(request)})`);
}
