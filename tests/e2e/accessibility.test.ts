import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { useTempFolders } from '../support/temp-folder.ts';
import { openAppPage } from './support/app-page.ts';
import { launchChromium } from './support/launch-chromium.ts';
import { importProducts, startBrowserProcess, startServerProcess } from './support/tallyman.ts';

const tempFolder = useTempFolders();

/** What the rules found, short enough to read in a failure. */
async function violations(
  page: ConstructorParameters<typeof AxeBuilder>[0]['page'],
): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

test('every screen can be used by everybody, in light and dark, wide and narrow', async () => {
  const serverData = tempFolder();
  await importProducts(serverData, ['SKU-1\t4006381333931\tBlue pen\tOffice/Pens\tStabilo']);
  await using server = await startServerProcess(serverData);
  await using shell = await startBrowserProcess(tempFolder(), server.address);
  await using browser = await launchChromium();
  await using app = await openAppPage(browser, shell.address);
  const { page } = app;
  await app.status.filter({ hasText: 'Up to date' }).waitFor();
  const screens: [string, () => Promise<void>][] = [
    ['Catalogue', () => page.getByRole('link', { name: 'Catalogue', exact: true }).click()],
    ['Blue pen', () => app.product(/Blue pen/).click()],
    ['Sync', () => page.getByRole('link', { name: 'Sync', exact: true }).click()],
    ['Settings', () => page.getByRole('link', { name: 'Settings', exact: true }).click()],
  ];
  const found: Record<string, string[]> = {};
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [1280, 800],
      [800, 600],
    ] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      for (const [title, open] of screens) {
        await open();
        await page.getByRole('heading', { level: 1, name: title }).waitFor({ state: 'attached' });
        const name = `${title.toLowerCase().replace(' ', '-')}-${colorScheme}-${width}`;
        await app.picture(name);
        const problems = await violations(page);
        if (problems.length > 0) found[name] = problems;
      }
    }
  }
  expect(found).toEqual({});
});
