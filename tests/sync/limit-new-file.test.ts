import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyVerifiedNow } from '../../main/store/backup/verified-copy.ts';
import { WorkStore } from '../../main/store/work-store.ts';
import { idOf } from '../support/server-rows.ts';
import type { SyncBench } from '../support/sync-bench.ts';
import {
  PLACE,
  PRODUCT,
  SITE_SCOPE,
  type SyncWorld,
  useSyncWorlds,
} from '../support/sync-world.ts';

const openWorld = useSyncWorlds();

/** Every table of `work.db` with all that is in it. */
function contentsOf({ work: { db } }: SyncBench): Record<string, unknown[]> {
  const tables = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    tables.map((table) => [table, db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).raw().all()]),
  );
}

/** Work of every kind: sent, refused, in conflict, waiting, a draft, a unit that waits. */
async function workHard(world: SyncWorld, laptop: SyncBench): Promise<void> {
  const rename = (who: SyncBench, name: string): void => {
    who.person.write([{ kind: 'update', entity: 'location', id: PLACE, fields: { name } }]);
  };
  const other = await world.laptop();
  rename(other, 'Theirs');
  rename(laptop, 'Mine');
  await other.sync(world.server);
  await laptop.sync(world.server);
  laptop.person.recordMovement({
    kind: 'receive',
    productId: PRODUCT,
    locationId: idOf(1),
    toLocationId: null,
    quantity: 7,
    reason: null,
  });
  laptop.work.drafts.put({ key: 'form:receive', value: { quantity: '3' } }, 1);
  laptop.work.addJob({ jobId: idOf(1), unit: 'full', reason: 'user', attempts: 0, notBefore: 0 });
}

test('L25: work.db can be moved into a new file with everything that is in it, and work goes on', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  await workHard(world, laptop);
  const before = contentsOf(laptop);
  const file = WorkStore.fileIn(laptop.folder);
  const moved = join(laptop.folder, 'moved.db');
  copyVerifiedNow(laptop.work.db, moved);
  laptop.records.close();
  laptop.replicas.close();
  laptop.work.close();
  for (const old of [file, `${file}-wal`, `${file}-shm`]) rmSync(old, { force: true });
  renameSync(moved, file);
  laptop.open();

  expect(contentsOf(laptop)).toEqual(before);
  expect(laptop.person.conflicts()).toHaveLength(1);
  await laptop.sync(world.server);
  expect(laptop.work.outbox.waiting()).toBe(0);
  const levels = await world.server.store.reader
    .selectFrom('stock_level')
    .select('quantity')
    .execute();
  expect(levels).toEqual([{ quantity: 7 }]);
});

test('L25: replicas can be thrown away, and are fetched anew without anything that a person did being lost', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  await workHard(world, laptop);
  const [rows, seen] = [laptop.rows(SITE_SCOPE), laptop.see('location', PLACE)];
  laptop.records.close();
  laptop.replicas.close();
  laptop.work.close();
  const folder = join(laptop.folder, 'replica');
  expect(existsSync(folder)).toBe(true);
  rmSync(folder, { recursive: true });
  laptop.open();
  expect(laptop.work.outbox.waiting()).toBe(1);
  await laptop.sync(world.server);
  expect(laptop.person.conflicts()).toHaveLength(1);
  expect(laptop.rows(SITE_SCOPE)?.size).toBe((rows?.size ?? 0) + 2);
  expect(laptop.see('location', PLACE)).toEqual(seen);
});
