import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { photoSample, type PhotoSample } from '../../../tests/support/photo-samples.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { WorkStore } from '../work-store.ts';
import { PHOTO_CACHE_BYTES_MAX, PHOTO_UNUSED_MAX_MS, PhotoFiles } from './photo-files.ts';
import { PHOTOS_UNSENT_MAX } from './photo-uploads.ts';

const newFolder = useTempFolders();
const { signal } = new AbortController();
const START = 1_800_000_000_000;

function open(unsent: readonly PhotoSample[] = [], cacheBytesMax = PHOTO_CACHE_BYTES_MAX) {
  const clock = { now: START };
  const own = new Set(unsent.map(({ hash }) => hash));
  const files = new PhotoFiles({
    dataFolder: newFolder(),
    now: () => clock.now,
    unsentAmong: (hashes) => new Set(hashes.filter((hash) => own.has(hash))),
    cacheBytesMax,
  });
  const isHere = ({ hash }: PhotoSample): boolean => existsSync(files.fileOf(hash));
  return { files, clock, isHere };
}

test('F23: a photo is one whole file under the hash of its bytes, however often it is put', async () => {
  const { files } = open();
  const photo = photoSample(1);
  expect(await files.put(photo.bytes)).toBe(photo.hash);
  expect(await files.put(photo.bytes)).toBe(photo.hash);
  expect(readdirSync(dirname(files.fileOf(photo.hash)))).toEqual([photo.hash]);
  expect(await files.read(photo.hash)).toEqual(photo.bytes);
  expect(await files.read(photoSample(2).hash)).toBeNull();
});

test('F23: a file that was damaged is none', async () => {
  const { files, isHere } = open();
  const photo = photoSample(1);
  await files.put(photo.bytes);
  writeFileSync(files.fileOf(photo.hash), 'something else');
  expect(await files.read(photo.hash)).toBeNull();
  expect(isHere(photo)).toBe(false);
});

test('F23: the cache keeps to its bound, the least recently seen goes first, and unsent ones never', async () => {
  const [unsent, seen, forgotten] = [photoSample(1), photoSample(2), photoSample(3)];
  const { files, clock, isHere } = open([unsent], 200_000);
  await files.put(unsent.bytes);
  clock.now += 1_000;
  await files.put(seen.bytes);
  clock.now += 1_000;
  await files.put(forgotten.bytes);
  clock.now += 1_000;
  await files.read(seen.hash);
  await files.sweep(signal);
  expect([unsent, seen, forgotten].map(isHere)).toEqual([true, true, false]);
});

test('F23: what a kill left is cleared away in time: half files, and photos that no row names', async () => {
  const [unsent, orphan] = [photoSample(1), photoSample(2)];
  const { files, clock, isHere } = open([unsent]);
  await files.put(unsent.bytes);
  await files.put(orphan.bytes);
  const half = join(dirname(files.fileOf(orphan.hash)), `${orphan.hash}.half`);
  writeFileSync(half, 'half');
  utimesSync(half, START / 1_000, START / 1_000);
  await files.sweep(signal);
  expect([existsSync(half), isHere(orphan)]).toEqual([true, true]);
  clock.now += PHOTO_UNUSED_MAX_MS + 1;
  await files.sweep(signal);
  expect([existsSync(half), isHere(orphan), isHere(unsent)]).toEqual([false, false, true]);
});

test('F23: photos that wait have a bound', () => {
  const work = WorkStore.open(newFolder(), () => 'device');
  const upload = (number: number) => ({
    rowId: `row ${number}`,
    entity: 'product_photo',
    hash: 'h',
    bytes: 3,
    addedAt: START,
  });
  work.outbox.together(() => {
    for (let number = 0; number < PHOTOS_UNSENT_MAX; number++) work.photos.add(upload(number));
  });
  expect(work.photos.waiting()).toBe(PHOTOS_UNSENT_MAX);
  expect(() => work.photos.add(upload(PHOTOS_UNSENT_MAX))).toThrow('Too many photos wait');
  work.close();
});
