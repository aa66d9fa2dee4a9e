import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../tests/e2e/support/launch-chromium.ts';
import type { SeenInPage } from './seen-in-page.ts';

/** Of another runtime than this file, so it is no part of this file's types. */
const WATCHER = new URL('page/page-watcher.ts', import.meta.url);
/** Of a laptop in a warehouse. */
const VIEWPORT = { width: 1280, height: 800 };

/** A page in a real Chromium that watches itself. */
export interface WatchedPage {
  browser: Browser;
  page: Page;
  seen: () => Promise<SeenInPage>;
  restart: () => Promise<void>;
}

/** Runs `work` with a Chromium that ends with it, or with the signal. */
export async function withWatchedPage<T>(
  signal: AbortSignal,
  work: (watched: WatchedPage) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const browser = await launchChromium();
  const end = (): void => void browser.close();
  signal.addEventListener('abort', end);
  try {
    const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en-GB' });
    const { PageWatcher } = (await import(WATCHER.href)) as { PageWatcher: new () => unknown };
    // Through the debugger, so that the app's own policy on scripts stays as strict as it is.
    await context.addInitScript({ content: `window.benchWatch = new (${String(PageWatcher)})()` });
    const page = await context.newPage();
    return await work({
      browser,
      page,
      seen: () => page.evaluate<SeenInPage>('window.benchWatch.seen()'),
      restart: () => page.evaluate('window.benchWatch.restart()'),
    });
  } finally {
    signal.removeEventListener('abort', end);
    await browser.close();
  }
}
