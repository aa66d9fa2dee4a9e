import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findElectron } from '../../tools/start/find-electron.ts';
import { projectRoot } from '../../tools/project-root.ts';
import { importProducts, startServerProcess } from '../e2e/support/tallyman.ts';
import type { Program } from '../e2e/support/program.ts';
import { makeTempFolder } from './support/make-temp-folder.ts';

const START_TIME_LIMIT_MS = 120_000;
const screenshots = join(projectRoot, '.cache', 'screenshots');

const electronProgram = await findElectron();
if (electronProgram.path === null) {
  console.warn(`SKIPPED: the tests that need the real Electron. ${electronProgram.reason}.`);
}

/** The built app in the real Electron, as far as a fake cannot tell: what Chromium and the operating system do. */
describe.runIf(electronProgram.path !== null)('the app in Electron', () => {
  const folder = makeTempFolder();
  let server: Program;
  let electron: ElectronApplication;
  let page: Page;
  beforeAll(async () => {
    const serverFolder = join(folder.path, 'server');
    mkdirSync(serverFolder);
    await importProducts(serverFolder, ['SKU-1\t4006381333931\tGreen tea\tDrinks\tLeaf']);
    server = await startServerProcess(serverFolder);
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    electron = await _electron.launch({
      executablePath: String(electronProgram.path),
      args: [
        ...asRoot,
        projectRoot,
        '--data',
        join(folder.path, 'laptop'),
        '--server',
        server.address,
      ],
    });
    page = await electron.firstWindow();
  }, START_TIME_LIMIT_MS);
  afterAll(async () => {
    await electron?.close();
    await server?.kill();
    folder.remove();
  });

  test('opens one window on the app scheme, isolated and in the sandbox', async () => {
    expect(page.url()).toMatch(/^app:\/\/tallyman\//);
    const preferences = await electron.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .map((contents) =>
          (
            contents as unknown as { getLastWebPreferences: () => Record<string, unknown> }
          ).getLastWebPreferences(),
        ),
    );
    expect(preferences).toHaveLength(1);
    expect(preferences).toMatchObject([
      { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true },
    ]);
  });

  test('gives the page the bridge, and nothing of Node or Electron', async () => {
    const seen = await page.evaluate(
      `[typeof require, typeof process, typeof module, Object.keys(window.tallyman).sort().join()]`,
    );
    expect(seen).toEqual(['undefined', 'undefined', 'undefined', 'onMessage,send']);
  });

  test('runs no script that is not its own', async () => {
    const ran = await page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      return window.injected === true;
    })()`);
    expect(ran).toBe(false);
  });

  test('goes nowhere else and opens no window', async () => {
    await page.evaluate(
      `window.open('https://example.com/'); location.href = 'https://example.com/'`,
    );
    await page.waitForTimeout(500);
    expect(page.url()).toMatch(/^app:\/\/tallyman\//);
    expect(electron.windows()).toHaveLength(1);
  });

  test('syncs in its workers and finds what is on the laptop', async () => {
    await page.getByRole('link', { name: 'Catalogue', exact: true }).first().click();
    await page.getByRole('combobox', { name: 'Search products' }).fill('tea gre');
    const found = page.getByRole('option', { name: /Green tea/ });
    await found.waitFor({ timeout: 30_000 });
    expect(await found.count()).toBe(1);
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: join(screenshots, `electron-${process.platform}.png`) });
  });

  test('lives on when the window is closed', async () => {
    const shown = await electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.close();
      return BrowserWindow.getAllWindows().length;
    });
    expect(shown).toBe(1);
  });
});
