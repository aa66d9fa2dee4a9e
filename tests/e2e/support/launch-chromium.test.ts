import { expect, test } from 'vitest';
import { launchChromium } from './launch-chromium.ts';

test('a real Chromium runs scripts and draws pages', async () => {
  await using browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  await page.setContent('<button onclick="this.textContent = 6 * 7">count</button>');
  await page.getByRole('button', { name: 'count' }).click();
  expect(await page.getByRole('button').textContent()).toBe('42');
  const picture = await page.screenshot();
  // Width and height in the header of a PNG file.
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([800, 600]);
});
