import { join } from 'node:path';
import { expect, test } from 'vitest';
import { receive, received } from '../support/received-goods.ts';
import { productRow } from '../support/server-rows.ts';
import {
  copyFolder,
  PRODUCT,
  putFolder,
  SITE_SCOPE,
  type SyncWorld,
  useSyncWorlds,
} from '../support/sync-world.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { copyTestStore, openTestStore } from '../support/test-store.ts';

const openWorld = useSyncWorlds();
const newFolder = useTempFolders();

test('pitfall 4: a device file restored from a backup takes a new identity, and what it lost is not lost on the server', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  const backup = join(newFolder(), 'backup');
  receive(laptop, 1);
  await laptop.sync(world.server);
  copyFolder(laptop, backup);
  receive(laptop, 2);
  await laptop.sync(world.server);
  const deviceBefore = laptop.work.deviceId();

  putFolder(laptop, backup);
  // The number of the 2 is given again, to other work.
  receive(laptop, 4);
  await laptop.sync(world.server);
  expect(laptop.work.deviceId()).not.toBe(deviceBefore);
  expect(await received(world)).toEqual([1, 2, 4]);
  expect(laptop.rows(SITE_SCOPE)?.size).toBe(3 + 3 + 1);
});

test('pitfall 4: a device file cloned to a second laptop: both work on, each under its own identity, nothing twice', async () => {
  const world = await openWorld();
  const original = await world.laptop();
  const clone = await world.laptop();
  const disk = join(newFolder(), 'disk');
  receive(original, 1);
  copyFolder(original, disk);
  putFolder(clone, disk);
  expect(clone.work.deviceId()).toBe(original.work.deviceId());
  receive(original, 2);
  receive(clone, 4);
  for (const laptop of [original, clone, original, clone]) await laptop.sync(world.server);
  expect(clone.work.deviceId()).not.toBe(original.work.deviceId());
  expect(await received(world)).toEqual([1, 2, 4]);
  expect(clone.rows(SITE_SCOPE)).toEqual(original.rows(SITE_SCOPE));
});

async function withServerStore(
  { server, serverFolder }: SyncWorld,
  work: (folder: string) => Promise<void>,
) {
  await server.close();
  await work(serverFolder);
  server.store = await openTestStore({ dataDir: serverFolder });
}

test('pitfall 4: a server restored to yesterday gets back what laptops did since, once', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  const yesterday = join(newFolder(), 'server');
  receive(laptop, 1);
  await laptop.sync(world.server);
  await withServerStore(world, (folder) => copyTestStore(folder, yesterday));
  receive(laptop, 2);
  await laptop.sync(world.server);
  await withServerStore(world, (folder) => copyTestStore(yesterday, folder));
  expect(await received(world)).toEqual([1]);
  await laptop.sync(world.server);
  await laptop.sync(world.server);
  expect(await received(world)).toEqual([1, 2]);
  expect((await world.laptop()).rows(SITE_SCOPE)).toEqual(laptop.rows(SITE_SCOPE));
});

test('pitfall 4: a server restored to yesterday is not believed about rows until a person says so', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  const yesterday = join(newFolder(), 'server');
  await withServerStore(world, (folder) => copyTestStore(folder, yesterday));
  await world.office((tx) => tx.update('product', [productRow(0, { name: 'Of today' })]));
  await laptop.sync(world.server);
  await withServerStore(world, (folder) => copyTestStore(yesterday, folder));
  receive(laptop, 3);

  await expect(laptop.sync(world.server)).rejects.toMatchObject({ code: 'SERVER_ROLLED_BACK' });
  expect(laptop.see('product', PRODUCT)).toMatchObject({ name: 'Of today' });
  await laptop.sync(world.server, { accepted: true });
  expect(laptop.see('product', PRODUCT)).toMatchObject({ name: 'Product 0' });
  expect(await received(world)).toEqual([3]);
});
