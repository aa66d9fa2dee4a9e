import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { must } from '../../shared/domain/assert.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { type AppPage, openAppPage } from './support/app-page.ts';
import { launchChromium } from './support/launch-chromium.ts';
import { importProducts, startBrowserProcess, startServerProcess } from './support/tallyman.ts';

/**
 * Goal: a photo as a phone takes it, lying on its side and with the place in it, is kept upright, small and without the place,
 * and another laptop sees it. Method: two laptops as they are used, a server process, and what is in their files.
 */

/** Of a step that waits for the other side, on a slow and busy machine. */
const PATIENCE_MS = 60_000;
const TEST_MS = 240_000;

const tempFolder = useTempFolders();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** What a camera writes beside a picture: that it lies on its side, and that it was taken in the north. */
function cameraSegment(): Buffer {
  const tiff = Buffer.alloc(64);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(2, 8);
  // Orientation: the right side is the top.
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(6, 18);
  // Where the place is: one entry, the half of the world.
  tiff.writeUInt16BE(0x8825, 22);
  tiff.writeUInt16BE(4, 24);
  tiff.writeUInt32BE(1, 26);
  tiff.writeUInt32BE(38, 30);
  tiff.writeUInt16BE(1, 38);
  tiff.writeUInt16BE(1, 40);
  tiff.writeUInt16BE(2, 42);
  tiff.writeUInt32BE(2, 44);
  tiff.write('N\0', 48, 'latin1');
  const head = Buffer.from([0xff, 0xe1, 0, 0, ...Buffer.from('Exif\0\0', 'latin1')]);
  head.writeUInt16BE(head.length - 2 + tiff.length, 2);
  return Buffer.concat([head, tiff]);
}

/** 2400 × 1200 points as the camera holds them. */
async function photoOfPhone(page: Page): Promise<Buffer> {
  const address = await page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 2400;
    canvas.height = 1200;
    const paper = canvas.getContext('2d');
    paper.fillStyle = 'teal';
    paper.fillRect(0, 0, 2400, 1200);
    paper.fillStyle = 'orange';
    paper.fillRect(0, 0, 600, 1200);
    return canvas.toDataURL('image/jpeg', 0.9);
  })()`);
  const jpeg = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
  return Buffer.concat([jpeg.subarray(0, 2), cameraSegment(), jpeg.subarray(2)]);
}

/** The segments of a JPEG up to its picture, and its size. */
function lookInto(jpeg: Buffer): { markers: number[]; width: number; height: number } {
  const markers: number[] = [];
  for (let at = 2; ;) {
    const marker = jpeg.readUInt16BE(at);
    markers.push(marker);
    if (marker === 0xffc0 || marker === 0xffc2) {
      return { markers, height: jpeg.readUInt16BE(at + 5), width: jpeg.readUInt16BE(at + 7) };
    }
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
}

function photosIn(folder: string): Buffer[] {
  return readdirSync(join(folder, 'photos'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /[0-9a-f]{64}$/.test(name))
    .map((name) => readFileSync(join(folder, 'photos', name)));
}

async function openDrill(app: AppPage) {
  await app.status.filter({ hasText: /Up to date/ }).waitFor({ timeout: PATIENCE_MS });
  await app.search('Cordless drill');
  await app.product(/Cordless drill/).click();
  return app.page.getByRole('group', { name: 'Photos' });
}

test(
  'F23: a photo is kept upright and small, without the place where it was taken, and others see it',
  async () => {
    const [serverData, laptopData, otherData] = [tempFolder(), tempFolder(), tempFolder()];
    await importProducts(serverData, ['DRL-1\t4006381333931\tCordless drill\tTools\tBosch']);
    await using server = await startServerProcess(serverData);
    await using laptop = await startBrowserProcess(laptopData, server.address);
    await using app = await openAppPage(browser, laptop.address);
    const photos = await openDrill(app);
    const original = await photoOfPhone(app.page);
    expect(lookInto(original)).toMatchObject({ width: 2_400, height: 1_200 });
    expect(lookInto(original).markers).toContain(0xffe1);
    await photos
      .locator('input[multiple]')
      .setInputFiles({ name: 'phone.jpg', mimeType: 'image/jpeg', buffer: original });
    await photos.getByText('1 photo added.').waitFor();
    await photos.getByRole('img', { name: 'Photo 1 of 1' }).waitFor();
    await app.picture('photos-product');

    const kept = must(photosIn(laptopData)[0], 'the photo on this laptop');
    const { markers, ...size } = lookInto(kept);
    expect(size).toEqual({ width: 800, height: 1_600 });
    expect(markers).not.toContain(0xffe1);
    expect(kept.includes('Exif')).toBe(false);

    await photos.getByText('Not sent yet').waitFor({ state: 'detached', timeout: PATIENCE_MS });
    expect(photosIn(serverData)).toEqual([kept]);
    await photos.getByRole('button', { name: 'Photo 1 of 1' }).click();
    await app.page.getByRole('dialog').getByText('Sent', { exact: true }).waitFor();
    await app.picture('photos-dialog');

    await using second = await startBrowserProcess(otherData, server.address);
    await using other = await openAppPage(browser, second.address);
    const seen = (await openDrill(other)).getByRole('img', { name: 'Photo 1 of 1' });
    await seen.waitFor({ timeout: PATIENCE_MS });
    await expect
      .poll(() =>
        seen.evaluate((image) => (image as unknown as { naturalHeight: number }).naturalHeight),
      )
      .toBe(1_600);
    expect(photosIn(otherData)).toEqual([kept]);
  },
  TEST_MS,
);
