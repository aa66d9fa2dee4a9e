import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeBackup } from '../../server/operations/backup/write-backup.ts';
import { restoreBackup } from '../../server/operations/backup/restore-backup.ts';
import { receive, received } from '../support/received-goods.ts';
import { productRow } from '../support/server-rows.ts';
import { PRODUCT, SITE_SCOPE, type SyncWorld, useSyncWorlds } from '../support/sync-world.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { openTestStore, testLocation } from '../support/test-store.ts';

const openWorld = useSyncWorlds();
const newFolder = useTempFolders();

async function onHand({ server }: SyncWorld): Promise<number> {
  const rows = await server.store.reader.selectFrom('stock_level').select('quantity').execute();
  return rows.reduce((sum, { quantity }) => sum + quantity, 0);
}

async function backUp({ serverFolder }: SyncWorld): Promise<string> {
  const file = join(newFolder(), 'office.backup');
  const location = await testLocation(serverFolder);
  // Beside the running server.
  await writeBackup({ location, file, photos: false, now: Date.now });
  return file;
}

async function restore({ server, serverFolder }: SyncWorld, file: string): Promise<void> {
  await server.close();
  await restoreBackup({
    location: await testLocation(serverFolder),
    file,
    replace: true,
    now: Date.now,
    makeEpoch: randomUUID,
  });
  server.store = await openTestStore({ dataDir: serverFolder });
}

test('a restored server gets back what laptops did since, once, and takes nothing from them', async () => {
  const world = await openWorld();
  const [ahead, quiet, offline] = [
    await world.laptop(),
    await world.laptop(),
    await world.laptop(),
  ];
  receive(ahead, 1);
  receive(quiet, 10);
  for (const laptop of [ahead, quiet]) await laptop.sync(world.server);
  const file = await backUp(world);

  receive(ahead, 2);
  await ahead.sync(world.server);
  receive(ahead, 4);
  receive(offline, 100);
  await world.office((tx) => tx.update('product', [productRow(0, { name: 'Of today' })]));
  await quiet.sync(world.server);
  expect(await received(world)).toEqual([1, 2, 10]);

  await restore(world, file);
  expect(await received(world)).toEqual([1, 10]);
  const laptops = [ahead, quiet, offline];
  for (const laptop of [...laptops, ...laptops]) await laptop.sync(world.server);
  expect(await received(world)).toEqual([1, 2, 4, 10, 100]);
  expect(await onHand(world)).toBe(117);
  const fresh = await world.laptop();
  for (const laptop of laptops) {
    expect(laptop.work.outbox.waiting()).toBe(0);
    expect(laptop.rows(SITE_SCOPE)).toEqual(fresh.rows(SITE_SCOPE));
    // The office has to do its own work since the backup again.
    expect(laptop.see('product', PRODUCT)).toMatchObject({ name: 'Product 0' });
  }
});

test('an answer that was lost on the way before the backup is given again after the restore', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  receive(laptop, 7);
  world.server.faults = ['loseAnswer'];
  await laptop.sync(world.server).catch(() => undefined);
  const file = await backUp(world);
  await restore(world, file);
  await laptop.sync(world.server);
  expect(await received(world)).toEqual([7]);
  expect(laptop.work.outbox.waiting()).toBe(0);
});

test('every scope has another history afterwards, and its versions go on', async () => {
  const world = await openWorld();
  const before = await world.server.store.reader.selectFrom('sync_scope').selectAll().execute();
  await restore(world, await backUp(world));
  const after = await world.server.store.reader.selectFrom('sync_scope').selectAll().execute();
  const without = (rows: typeof after) => rows.map((row) => ({ ...row, epoch: '' }));
  expect(without(after)).toEqual(without(before));
  for (const { epoch } of after) expect(before.map((one) => one.epoch)).not.toContain(epoch);
});
