import { statSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { openReadable, translatedError, type WritableDatabase } from '../../main/store/sqlite.ts';
import { must } from '../../shared/domain/assert.ts';
import { idOf, productRow } from '../support/server-rows.ts';
import { SyncBench } from '../support/sync-bench.ts';
import {
  PRODUCT,
  rowsOf,
  serverWith,
  type SyncWorld,
  useSyncWorlds,
} from '../support/sync-world.ts';

const openWorld = useSyncWorlds();

/** From here the disk has room for so many pages more. */
function leavePages(db: WritableDatabase, pages: number): void {
  const held = db.pragma('page_count', { simple: true }) as number;
  db.pragma(`max_page_count = ${held + pages}`);
}

function makeRoom(db: WritableDatabase): void {
  db.pragma('max_page_count = 1000000');
}

/** The catalogue's file, as its writer has it open. */
function writerOf(laptop: SyncBench, role: 'current' | 'building') {
  return must(laptop.replicas.get('catalogue', role), 'the catalogue').database;
}

const manyProducts = Array.from({ length: 600 }, (_, at) =>
  productRow(1_000 + at, { description: 'long '.repeat(100) }),
);

async function insertMany({ office }: SyncWorld): Promise<void> {
  await office((tx) => tx.insert('product', manyProducts));
}

test('pitfall 9: a disk that fills up in the middle of a delta leaves the old rows and the work, and a later run goes on', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  const before = rowsOf(laptop);
  await insertMany(world);
  leavePages(writerOf(laptop, 'current'), 20);
  await expect(laptop.sync(world.server)).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(rowsOf(laptop)).toEqual(before);
  laptop.person.write([
    { kind: 'create', entity: 'product_note', id: PRODUCT, row: { text: 'Still works' } },
  ]);
  expect(laptop.see('product_note', PRODUCT)).toMatchObject({ text: 'Still works' });

  makeRoom(writerOf(laptop, 'current'));
  await laptop.sync(world.server);
  expect(rowsOf(laptop).size).toBe(before.size + manyProducts.length + 1);
});

test('pitfall 9: a disk that fills up in the middle of a first sync is said so, and the next run goes on where it was', async () => {
  const world = await openWorld();
  await insertMany(world);
  const laptop = new SyncBench(idOf(61_000));
  onTestFinished(() => laptop.dispose());
  const { server } = world;
  let pulls = 0;
  const filling = serverWith(server, {
    pull: async (input, signal) => {
      pulls += 1;
      if (pulls === 5) leavePages(writerOf(laptop, 'building'), 5);
      return server.pull(input, signal);
    },
  });
  const failure = await laptop.sync(filling).catch((error: unknown) => error);
  expect(translatedError('the catalogue', failure)).toMatchObject({ code: 'DISK_FULL' });
  const received = laptop.rowsReceived;
  expect(received).toBeGreaterThan(0);
  makeRoom(writerOf(laptop, 'building'));
  await laptop.sync(server);
  expect(rowsOf(laptop).size).toBe(1 + 3 + manyProducts.length);
  // The site's three locations come with the catalogue.
  expect(received + laptop.rowsReceived).toBe(1 + 3 + manyProducts.length + 3);
});

test('pitfall 9: a disk with no room for work says so at once, and keeps nothing by halves', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  const { db } = laptop.work;
  leavePages(db, 0);
  const note = 'long '.repeat(700);
  let kept = 0;
  const work = (): unknown =>
    laptop.person.write([
      { kind: 'update', entity: 'location', id: idOf(0), fields: { note: `${kept} ${note}` } },
    ]);
  const workUntilFull = (): void => {
    for (; kept < 100; kept++) work();
  };
  expect(workUntilFull).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
  expect(laptop.work.outbox.waiting()).toBe(kept);
  makeRoom(db);
  work();
  expect(laptop.work.outbox.waiting()).toBe(kept + 1);
});

test('pitfall 9: a long reader keeps its moment, holds no sync up, and the log of writes stops growing once it ends', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  const { file } = must(
    laptop.replicas.views().find(({ scope }) => scope === 'catalogue'),
    'the catalogue',
  );
  const walBytes = (): number => statSync(`${file}-wal`).size;
  let rounds = 0;
  const change = async (): Promise<void> => {
    rounds += 1;
    const text = `${rounds} `.repeat(400);
    const rows = [0, 1, 2].map((number) => productRow(number, { description: text }));
    await world.office((tx) => tx.update('product', rows));
    await laptop.sync(world.server);
  };
  const reader = openReadable(file);
  reader.prepare('BEGIN').run();
  const described = reader.prepare('SELECT description FROM product WHERE id = ?').pluck();
  expect(described.get(PRODUCT)).toBeNull();
  // More than the pages after which SQLite folds the log back, which it cannot as long as somebody reads from before.
  while (walBytes() < 8 * 1024 * 1024) await change();
  expect(described.get(PRODUCT)).toBeNull();
  expect(laptop.see('product', PRODUCT)).toMatchObject({ description: `${rounds} `.repeat(400) });
  reader.prepare('COMMIT').run();
  reader.close();
  await change();
  const atRest = walBytes();
  for (let round = 0; round < 20; round++) await change();
  expect(walBytes()).toBeLessThanOrEqual(atRest);
});
