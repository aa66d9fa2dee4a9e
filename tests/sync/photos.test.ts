import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { DesktopApp } from '../../main/app/desktop-app.ts';
import { PhotoShelf } from '../../server/photos/photo-shelf.ts';
import { startServer } from '../../server/start-server.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import type { PhotoSubject } from '../../shared/desktop/photo-views.ts';
import type { SyncEvent, SyncRunResult } from '../../shared/desktop/sync-state.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import { photoOffsetPath, photoPath } from '../../shared/sync/photo-transfer.ts';
import { openAppBench } from '../support/app-bench.ts';
import { type FaultyProxy, loseRequest, startFaultyProxy } from '../support/faulty-proxy.ts';
import { photoSample, type PhotoSample } from '../support/photo-samples.ts';
import { idOf, productRow, siteRow } from '../support/server-rows.ts';
import { useTempFolders } from '../support/temp-folder.ts';

vi.setConfig({ testTimeout: 60_000 });

const newFolder = useTempFolders();
const PRODUCT: PhotoSubject = { kind: 'product', id: idOf(0) };

interface Laptop {
  app: DesktopApp;
  events: readonly SyncEvent[];
  folder: string;
  close: () => Promise<void>;
}

interface World {
  proxy: FaultyProxy;
  shelf: PhotoShelf;
  /** Of the server. */
  dataDir: string;
  openLaptop: (folder?: string) => Promise<Laptop>;
}

/** A server with a product, behind a network that does what a test says. */
async function newWorld(): Promise<World> {
  const dataDir = newFolder();
  const server = await startServer({ dataDir, port: 0, snapshots: false });
  await commitChanges(server.store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('product', [productRow(0)]);
  });
  const proxy = await startFaultyProxy(server.url);
  onTestFinished(async () => {
    await proxy[Symbol.asyncDispose]();
    await server.close();
  });
  const openLaptop = async (folder = newFolder()): Promise<Laptop> => {
    // Nothing starts by itself but what the queue does.
    const bench = await openAppBench({
      dataFolder: folder,
      serverUrl: proxy.url,
      automatic: false,
    });
    let closed: Promise<void> | null = null;
    const close = (): Promise<void> => (closed ??= bench.app.close());
    onTestFinished(close);
    return { ...bench, folder, close };
  };
  return { proxy, shelf: new PhotoShelf(dataDir), dataDir, openLaptop };
}

function take({ app }: Laptop, { bytes, fields }: PhotoSample, subject = PRODUCT) {
  const { mime, width, height } = fields;
  const content = bytes.toString('base64');
  return app.photos.add({ subject, content, mime, width, height, caption: 'the label' });
}

/** The end of the next run of a unit, which is started unless it starts by itself. */
async function ended(
  { events }: Laptop,
  unit: SyncUnit,
  start?: () => Promise<unknown>,
): Promise<SyncRunResult> {
  const before = events.length;
  await start?.();
  return vi.waitFor(
    () => {
      const found = events
        .slice(start ? before : 0)
        .find(
          (event) =>
            (event.type === 'onSyncComplete' || event.type === 'onSyncError') &&
            event.result.unit === unit,
        );
      if (!found || !('result' in found)) throw new Error(`${unit} has not ended`);
      return found.result;
    },
    { timeout: 30_000, interval: 10 },
  );
}

function run(laptop: Laptop, syncUnit: SyncUnit): Promise<SyncRunResult> {
  return ended(laptop, syncUnit, () =>
    laptop.app.sync.trigger({ syncUnit, discardPendingSyncUnits: false, reason: 'user' }),
  );
}

function kept({ shelf }: World, { hash, bytes }: PhotoSample): boolean {
  return existsSync(shelf.fileOf(hash)) && readFileSync(shelf.fileOf(hash)).equals(bytes);
}

test('F23: a photo taken with no network is sent after its row over a line that breaks, and others see it', async () => {
  const world = await newWorld();
  const { proxy } = world;
  const photo = photoSample(1, 400_000);
  const laptop = await world.openLaptop();
  expect(await run(laptop, 'full')).toMatchObject({ outcome: 'complete' });
  proxy.script = () => loseRequest;
  const { id } = await take(laptop, photo);
  expect(readFileSync(join(laptop.folder, 'photos', photo.hash.slice(0, 2), photo.hash))).toEqual(
    photo.bytes,
  );
  expect(await laptop.app.photos.list({ subject: PRODUCT })).toMatchObject([
    { id, hash: photo.hash, caption: 'the label', isUnsent: true, problem: null },
  ]);
  expect(await laptop.app.sync.status()).toMatchObject({ pending: 1, photos: 1 });

  const order: string[] = [];
  let breaks = 0;
  let sent = 0;
  proxy.script = (procedure, body) => {
    order.push(procedure);
    if (procedure !== photoPath(photo.hash)) return null;
    sent += body.length;
    if (breaks >= 4 || breaks++ % 2 === 1) return null;
    return ({ forwardPart }) => forwardPart(30_000);
  };
  const [photos, send] = await Promise.all([
    ended(laptop, 'photos', async () => undefined),
    run(laptop, 'send'),
  ]);
  expect(send).toMatchObject({ outcome: 'complete', rowsSent: 1 });
  expect(photos).toMatchObject({ outcome: 'complete', rowsSent: 1, error: null });
  expect(order.indexOf('sync.push')).toBeLessThan(order.indexOf(photoOffsetPath(photo.hash)));
  expect(breaks).toBe(4);
  // Taken up at the byte: what was lost is what was on the line.
  expect(sent).toBeLessThan(photo.bytes.length + 2 * 64 * 1024);
  expect(kept(world, photo)).toBe(true);
  expect(await laptop.app.sync.status()).toMatchObject({ pending: 0, photos: 0 });
  expect(await laptop.app.photos.list({ subject: PRODUCT })).toMatchObject([{ isUnsent: false }]);

  proxy.heal();
  const other = await world.openLaptop();
  await run(other, 'full');
  expect(await other.app.photos.list({ subject: PRODUCT })).toMatchObject([
    { id, isUnsent: false },
  ]);
  const content = photo.bytes.toString('base64');
  expect(await other.app.photos.read(photo.hash)).toEqual({
    kind: 'here',
    mime: 'image/jpeg',
    content,
  });
  // From now on it is here, with no network too.
  proxy.script = () => loseRequest;
  expect(await other.app.photos.read(photo.hash)).toMatchObject({ kind: 'here' });
});

test('F23: a photo that is not here, and cannot be fetched, is said to be so', async () => {
  const world = await newWorld();
  const laptop = await world.openLaptop();
  await run(laptop, 'full');
  const { hash } = photoSample(1);
  expect(await laptop.app.photos.read(hash)).toEqual({ kind: 'absent', why: 'notSent' });
  world.proxy.script = () => loseRequest;
  expect(await laptop.app.photos.read(hash)).toEqual({ kind: 'absent', why: 'offline' });
});

test('F23: photos go on at the byte after the app was closed in the middle', async () => {
  const world = await newWorld();
  const { proxy } = world;
  const photo = photoSample(1, 400_000);
  const first = await world.openLaptop();
  await run(first, 'full');
  await take(first, photo);
  let pieces = 0;
  const held = Promise.withResolvers<void>();
  proxy.script = (procedure) => {
    if (procedure !== photoPath(photo.hash) || ++pieces < 4) return null;
    held.resolve();
    return async () => undefined;
  };
  await first.app.sync.trigger({
    syncUnit: 'send',
    discardPendingSyncUnits: false,
    reason: 'user',
  });
  await held.promise;
  await first.close();
  let sent = 0;
  proxy.script = (procedure, body) => {
    if (procedure === photoPath(photo.hash)) sent += body.length;
    return null;
  };
  const again = await world.openLaptop(first.folder);
  expect(await run(again, 'photos')).toMatchObject({ outcome: 'complete', rowsSent: 1 });
  expect(sent).toBeLessThanOrEqual(photo.bytes.length - 3 * 64 * 1024);
  expect(kept(world, photo)).toBe(true);
});

test('F23: one photo that cannot be sent holds none up, and waits with its reason', async () => {
  const world = await newWorld();
  const laptop = await world.openLaptop();
  await run(laptop, 'full');
  const [damaged, good] = [photoSample(1), photoSample(2)];
  await take(laptop, damaged);
  await take(laptop, good);
  writeFileSync(
    join(laptop.folder, 'photos', damaged.hash.slice(0, 2), damaged.hash),
    'not the photo',
  );
  await Promise.all([ended(laptop, 'photos', async () => undefined), run(laptop, 'send')]);
  expect(kept(world, good)).toBe(true);
  expect(await laptop.app.photos.list({ subject: PRODUCT })).toMatchObject([
    { hash: damaged.hash, isUnsent: true, problem: 'STORE_DAMAGED' },
    { hash: good.hash, isUnsent: false },
  ]);
  expect(
    await laptop.app.sync.log({ limit: 10, unit: null, outcome: 'notes', before: null }),
  ).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ note: { type: 'photoRefused', code: 'STORE_DAMAGED', count: 1 } }),
    ]),
  );
});

test('F23: text is not kept waiting by photos: they give way and go on afterwards', async () => {
  const world = await newWorld();
  const { proxy } = world;
  const photo = photoSample(1, 500_000);
  const laptop = await world.openLaptop();
  await run(laptop, 'full');
  await take(laptop, photo);
  const order: string[] = [];
  let pieces = 0;
  proxy.script = (procedure) => {
    order.push(procedure);
    if (procedure !== photoPath(photo.hash) || ++pieces !== 2) return null;
    return async ({ forward, reply }) => {
      await laptop.app.sync.trigger({
        syncUnit: 'stock',
        discardPendingSyncUnits: false,
        reason: 'user',
      });
      reply(await forward());
    };
  };
  await run(laptop, 'send');
  await vi.waitFor(() => expect(kept(world, photo)).toBe(true), { timeout: 20_000 });
  const piece = photoPath(photo.hash);
  const pulled = order.lastIndexOf('sync.pull');
  expect(order.slice(0, pulled).filter((one) => one === piece)).toHaveLength(2);
  expect(order.slice(pulled).filter((one) => one === piece).length).toBeGreaterThan(3);
});

test('F23: a photo whose row was taken back before it was sent is not sent, and may be undone', async () => {
  const world = await newWorld();
  const laptop = await world.openLaptop();
  await run(laptop, 'full');
  const photo = photoSample(1);
  const { id, operationId } = await take(laptop, photo);
  await laptop.app.work.undo(operationId);
  expect(await laptop.app.photos.list({ subject: PRODUCT })).toEqual([]);
  await run(laptop, 'send');
  await vi.waitFor(async () => expect(await laptop.app.sync.status()).toMatchObject({ photos: 0 }));
  expect(kept(world, photo)).toBe(false);

  const other = photoSample(2);
  const added = await take(laptop, other);
  const removed = await laptop.app.photos.remove(added.id);
  expect(await laptop.app.photos.list({ subject: PRODUCT })).toEqual([]);
  await laptop.app.work.undo(removed.operationId ?? '');
  expect(await laptop.app.photos.list({ subject: PRODUCT })).toMatchObject([{ id: added.id }]);
  expect(added.id).not.toBe(id);
  await run(laptop, 'send');
  await vi.waitFor(() => expect(kept(world, other)).toBe(true), { timeout: 20_000 });
});

test('F23: what is no photo, or is of nothing that is here, is refused at once', async () => {
  const world = await newWorld();
  const laptop = await world.openLaptop();
  await run(laptop, 'full');
  const photo = photoSample(1);
  const page = { ...photo, bytes: Buffer.from('<html>no photo</html>') };
  await expect(take(laptop, page)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(take(laptop, photo, { kind: 'product', id: idOf(77) })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(take(laptop, photoSample(3, 2 * 1024 * 1024 + 4))).rejects.toMatchObject({
    code: 'TOO_LARGE',
  });
  expect(await laptop.app.sync.status()).toMatchObject({ pending: 0, photos: 0 });
});
