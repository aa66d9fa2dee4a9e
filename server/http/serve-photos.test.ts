import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PHOTO_BYTES_MAX } from '../../shared/entities/fields.ts';
import { photoOffsetPath, photoPath } from '../../shared/sync/photo-transfer.ts';
import { photoSample, type PhotoSample } from '../../tests/support/photo-samples.ts';
import { idOf, productRow, siteRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { PART_AGE_MAX_MS, PhotoKeeper, UNNAMED_AGE_MAX_MS } from '../photos/photo-keeper.ts';
import { PARTS_MAX, PhotoShelf } from '../photos/photo-shelf.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { PHOTO_TRANSFERS_AT_ONCE_MAX } from './serve-photos.ts';

const newFolder = useTempFolders();

interface World {
  server: RunningServer;
  dataDir: string;
  shelf: PhotoShelf;
}

/** A server that knows a product, and of each photo that it is one of that product. */
async function serverWith(...photos: readonly PhotoSample[]): Promise<World> {
  const dataDir = newFolder();
  const server = await startServer({ dataDir, port: 0, snapshots: false });
  onTestFinished(() => server.close());
  await commitChanges(server.store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('product', [productRow(0)]);
    await tx.insert(
      'product_photo',
      photos.map(({ fields }, at) => ({ id: idOf(100 + at), product_id: idOf(0), ...fields })),
    );
  });
  return { server, dataDir, shelf: new PhotoShelf(dataDir) };
}

interface Put {
  from?: number;
  to?: number;
  total?: number;
  hash?: string;
  bytes?: Buffer;
}

async function put({ server }: World, photo: PhotoSample, change: Put = {}) {
  const { from = 0, to = photo.bytes.length, total = photo.bytes.length } = change;
  const { hash = photo.hash, bytes = photo.bytes } = change;
  const answer = await fetch(`${server.url}${photoPath(hash)}`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-range': `bytes ${from}-${to - 1}/${total}`,
    },
    body: new Uint8Array(bytes.subarray(from, to)),
  });
  return { status: answer.status, body: await answer.json() };
}

async function offset({ server }: World, { hash }: PhotoSample): Promise<unknown> {
  return (await fetch(`${server.url}${photoOffsetPath(hash)}`)).json();
}

const refusal = (code: string) => ({ error: { data: { wire: { code } } } });

test('F23: a photo arrives in pieces, is checked, and is given as a file that never changes', async () => {
  const photo = photoSample(1);
  const world = await serverWith(photo);
  const { server, shelf } = world;
  const { length } = photo.bytes;
  expect(await offset(world, photo)).toEqual({ bytes: 0, complete: false });
  expect(await put(world, photo, { to: 70_000 })).toEqual({
    status: 200,
    body: { bytes: 70_000, complete: false },
  });
  expect((await fetch(`${server.url}${photoPath(photo.hash)}`)).status).toBe(404);
  expect(await offset(world, photo)).toEqual({ bytes: 70_000, complete: false });
  // What overlaps is written again.
  expect(await put(world, photo, { from: 60_000 })).toEqual({
    status: 200,
    body: { bytes: length, complete: true },
  });
  expect(readFileSync(shelf.fileOf(photo.hash)).equals(photo.bytes)).toBe(true);
  expect(await shelf.parts()).toEqual([]);

  const whole = await fetch(`${server.url}${photoPath(photo.hash)}`);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': 'inline',
    'content-length': String(length),
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  expect(Buffer.from(await whole.arrayBuffer()).equals(photo.bytes)).toBe(true);
  const part = await fetch(`${server.url}${photoPath(photo.hash)}`, {
    headers: { range: 'bytes=100-' },
  });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer()).equals(photo.bytes.subarray(100))).toBe(true);
});

test('F23: a photo that is there already is not taken again, however often it is sent', async () => {
  const photo = photoSample(1);
  const world = await serverWith(photo);
  const done = { status: 200, body: { bytes: photo.bytes.length, complete: true } };
  expect(await put(world, photo)).toEqual(done);
  expect(await put(world, photo)).toEqual(done);
  expect(await put(world, photo, { to: 10 })).toEqual(done);
  expect(readFileSync(world.shelf.fileOf(photo.hash)).equals(photo.bytes)).toBe(true);
});

test('F23: a photo that no row names is refused, and nothing of it is kept', async () => {
  const world = await serverWith(photoSample(1));
  const unknown = photoSample(2);
  expect(await put(world, unknown)).toMatchObject({ status: 409, body: refusal('NOT_FOUND') });
  expect(await world.shelf.parts()).toEqual([]);
});

test('F23: bytes that are not the photo are refused, and the next try starts anew', async () => {
  const photo = photoSample(1);
  const world = await serverWith(photo);
  const changed = Buffer.from(photo.bytes);
  changed[5_000] = (changed[5_000] ?? 0) ^ 1;
  expect(await put(world, photo, { bytes: changed })).toMatchObject({
    status: 422,
    body: refusal('BAD_INPUT'),
  });
  expect(await offset(world, photo)).toEqual({ bytes: 0, complete: false });
  expect(await put(world, photo)).toMatchObject({ status: 200 });
});

test('F23: bytes that are no picture are refused even if their hash is right', async () => {
  const page = photoSample(1);
  page.bytes.write('<html><script>');
  const hash = createHash('sha256').update(page.bytes).digest('hex');
  const photo = { ...page, hash, fields: { ...page.fields, hash } };
  const world = await serverWith(photo);
  expect(await put(world, photo)).toMatchObject({ status: 422, body: refusal('BAD_INPUT') });
  expect(existsSync(world.shelf.fileOf(hash))).toBe(false);
});

test('F23: pieces that are too large, of another size, or leave a hole are refused', async () => {
  const photo = photoSample(1);
  const world = await serverWith(photo);
  expect(await put(world, photo, { total: PHOTO_BYTES_MAX + 1 })).toMatchObject({
    status: 413,
    body: refusal('TOO_LARGE'),
  });
  expect(await put(world, photo, { total: photo.bytes.length + 1 })).toMatchObject({
    status: 422,
    body: refusal('BAD_INPUT'),
  });
  expect(await put(world, photo, { from: 10 })).toMatchObject({
    status: 416,
    body: refusal('BAD_INPUT'),
  });
  expect(await put(world, photo, { hash: 'x'.repeat(64) })).toMatchObject({ status: 404 });
  expect(await put(world, photo, { hash: `..%2f${'a'.repeat(60)}` })).toMatchObject({
    status: 404,
  });
});

test('F23: what a connection brought before it broke is kept, and the next goes on there', async () => {
  const photo = photoSample(1);
  const world = await serverWith(photo);
  const { length } = photo.bytes;
  const broken = request(`${world.server.url}${photoPath(photo.hash)}`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-range': `bytes 0-${length - 1}/${length}`,
      'content-length': length,
    },
  });
  broken.on('error', () => undefined);
  broken.write(photo.bytes.subarray(0, 100_000));
  await vi.waitFor(async () => {
    expect(await offset(world, photo)).toEqual({ bytes: 100_000, complete: false });
  });
  // Its end has not been noticed yet: whoever comes again takes over.
  expect(await put(world, photo, { from: 100_000 })).toEqual({
    status: 200,
    body: { bytes: length, complete: true },
  });
  broken.destroy();
});

test('F23: more transfers at once than there is room for are told to come again', async () => {
  const photos = Array.from({ length: PHOTO_TRANSFERS_AT_ONCE_MAX + 1 }, (_, at) =>
    photoSample(at, 40),
  );
  const [last = photoSample(0), ...others] = photos.toReversed();
  const world = await serverWith(...photos);
  const open = others.map((photo) => {
    const one = request(new URL(photoPath(photo.hash), world.server.url), {
      method: 'PUT',
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': 'bytes 0-39/40',
        'content-length': 40,
      },
    });
    one.on('error', () => undefined);
    one.write(photo.bytes.subarray(0, 20));
    return one;
  });
  await vi.waitFor(async () => {
    const all = await Promise.all(others.map((photo) => offset(world, photo)));
    expect(all).toEqual(all.map(() => ({ bytes: 20, complete: false })));
  });
  expect(await put(world, last)).toMatchObject({ status: 503, body: refusal('SERVER_BUSY') });
  for (const one of open) one.destroy();
  await vi.waitFor(async () => expect((await put(world, last)).status).toBe(200));
});

test('F23: what nobody needs any more is cleared away, and nothing else', async () => {
  const [kept, fresh] = [photoSample(1), photoSample(2)];
  const world = await serverWith(kept);
  const { server, shelf } = world;
  await put(world, kept);
  mkdirSync(join(shelf.folder, fresh.hash.slice(0, 2)), { recursive: true });
  writeFileSync(shelf.fileOf(fresh.hash), fresh.bytes);
  const part = await shelf.openPart('a'.repeat(64), 0);
  await part.close();
  let now = Date.now();
  const keeper = new PhotoKeeper({
    store: server.store,
    shelf,
    now: () => now,
    setTimer: () => () => undefined,
    logger: { error: () => undefined } as never,
  });
  const round = async (): Promise<void> => {
    for (let count = 0; count < 16; count++) await keeper.clear();
  };
  await round();
  expect(await shelf.parts()).toHaveLength(1);
  now += PART_AGE_MAX_MS + 60_000;
  await round();
  expect(await shelf.parts()).toEqual([]);
  expect(existsSync(shelf.fileOf(fresh.hash))).toBe(true);
  now += UNNAMED_AGE_MAX_MS;
  await round();
  expect(existsSync(shelf.fileOf(fresh.hash))).toBe(false);
  expect(existsSync(shelf.fileOf(kept.hash))).toBe(true);
});

test('F23: parts have a bound, and the oldest one goes', async () => {
  const shelf = new PhotoShelf(newFolder());
  const names = Array.from({ length: PARTS_MAX }, (_, at) => at.toString(16).padStart(64, '0'));
  mkdirSync(shelf.partsFolder, { recursive: true });
  for (const name of names) writeFileSync(join(shelf.partsFolder, name), '');
  utimesSync(join(shelf.partsFolder, names[3] ?? ''), 1, 1);
  await (await shelf.openPart('f'.repeat(64), 0)).close();
  const left = new Set((await shelf.parts()).map(({ hash }) => hash));
  expect(left.size).toBe(PARTS_MAX);
  expect(left.has(names[3] ?? '')).toBe(false);
});
