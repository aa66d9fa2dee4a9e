import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { projectRoot } from '../../../tools/project-root.ts';

const screenshotFolder = join(projectRoot, '.cache', 'screenshots');

/** The app's page as a person finds their way on it: by roles and labels. */
export interface AppPage extends AsyncDisposable {
  page: Page;
  status: Locator;
  count: Locator;
  product: (name: string | RegExp) => Locator;
  search: (text: string) => Promise<void>;
  syncNow: () => Promise<void>;
  /** For people: what the screen looked like at this step. */
  picture: (name: string) => Promise<void>;
}

/** Opens the app at the catalogue, unless a hash in the address says another place. */
/** With `scale` a point of the page is as many on the screen; printing is looked at as finely as printers print. */
export async function openAppPage(browser: Browser, address: string, scale = 1): Promise<AppPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    deviceScaleFactor: scale,
  });
  const page = await context.newPage();
  await page.goto(/#|^about:/.test(address) ? address : `${address}#/catalogue`);
  const searchField = page.getByRole('combobox', { name: 'Search products' });
  return {
    page,
    status: page.getByRole('contentinfo', { name: 'Sync status' }),
    count: page.getByRole('status').filter({ hasText: /product/ }),
    product: (name) => page.getByRole('option', { name }),
    search: (text) => searchField.fill(text),
    syncNow: () => page.getByRole('button', { name: 'Sync now' }).click(),
    picture: async (name) => {
      mkdirSync(screenshotFolder, { recursive: true });
      await page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}
