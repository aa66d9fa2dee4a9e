import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { PhotoShelf } from '../../../server/photos/photo-shelf.ts';
import { PHOTO_PIECE_BYTES, photoPath } from '../../../shared/sync/photo-transfer.ts';
import { photoSample, type PhotoSample } from '../../support/photo-samples.ts';
import { PRODUCTS } from './support/opening.ts';
import type { HostileLaptop } from './support/hostile-laptop.ts';
import { type HostileWorld, openHostileWorld } from './support/hostile-world.ts';

vi.setConfig({ testTimeout: 240_000 });

/** On the laptop, with no network; its row is sent, its bytes are not. */
async function taken(laptop: HostileLaptop, { bytes, fields }: PhotoSample): Promise<void> {
  const { mime, width, height } = fields;
  await laptop.withApp(async (app) => {
    const subject = { kind: 'product', id: PRODUCTS[0]?.id ?? '' } as const;
    const content = bytes.toString('base64');
    await app.photos.add({ subject, content, mime, width, height, caption: null });
  });
}

function kept({ server }: HostileWorld, { hash, bytes }: PhotoSample): boolean {
  const file = new PhotoShelf(server.location.dataDir).fileOf(hash);
  return existsSync(file) && readFileSync(file).equals(bytes);
}

/** Bytes of the photo that laptops put on the line from now on. */
function watched(world: HostileWorld, { hash }: PhotoSample): () => number {
  let sent = 0;
  world.proxy.script = (procedure, body) => {
    if (procedure === photoPath(hash)) sent += body.length;
    return null;
  };
  return () => sent;
}

test('F23: a laptop that is killed in the middle of a photo goes on where the server has it', async () => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  const photo = photoSample(1, 500_000);
  await taken(laptop, photo);
  const program = await laptop.startSync('photos');
  let pieces = 0;
  world.proxy.script = (procedure) => {
    if (procedure !== photoPath(photo.hash) || ++pieces < 4) return null;
    return async ({ forward }) => {
      await forward();
      program.child.kill('SIGKILL');
    };
  };
  await program.ended;
  expect(pieces).toBe(4);
  expect(kept(world, photo)).toBe(false);
  const sent = watched(world, photo);
  // By the job that the killed process left in the queue.
  expect(await laptop.sync('photos')).toMatchObject({ outcome: 'complete', error: null });
  // The fourth piece arrived, though the laptop never heard so.
  expect(sent()).toBe(photo.bytes.length - 4 * PHOTO_PIECE_BYTES);
  expect(kept(world, photo)).toBe(true);
});

test('F23: a server that is killed in the middle of a photo keeps what it had, and nothing wrong', async () => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  const photo = photoSample(1, 500_000);
  await taken(laptop, photo);
  let pieces = 0;
  world.proxy.script = (procedure) => {
    if (procedure !== photoPath(photo.hash) || ++pieces < 4) return null;
    return async ({ forward, forwardPart }) => {
      if (pieces === 4) void forwardPart(20_000);
      else void forward().catch(() => undefined);
      await sleep(20);
      await world.server.kill();
    };
  };
  expect(await laptop.sync('photos')).toMatchObject({ outcome: 'error', rowsSent: 1 });
  expect(kept(world, photo)).toBe(false);
  await world.restartServer();
  const sent = watched(world, photo);
  expect(await laptop.sync('photos')).toMatchObject({ outcome: 'complete', rowsSent: 1 });
  expect(sent()).toBeLessThanOrEqual(photo.bytes.length - 3 * PHOTO_PIECE_BYTES);
  expect(kept(world, photo)).toBe(true);
  expect(await new PhotoShelf(world.server.location.dataDir).parts()).toEqual([]);
});
