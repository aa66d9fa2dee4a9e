import { afterEach, beforeEach, expect, test } from 'vitest';
import { must } from '../../shared/domain/assert.ts';
import { ModelSyncServer } from '../../tests/support/model-sync-server.ts';
import { SyncBench } from '../../tests/support/sync-bench.ts';
import { openWritable } from '../store/sqlite.ts';

const uuid = (number: number): string =>
  `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const product = (number: number) => ({
  entity: 'product',
  id: uuid(number),
  row: { sku: `P-${number}`, name: `Product ${number}`, unit: 'pcs', archived: 0 },
});

let server: ModelSyncServer;
let laptop: SyncBench;
beforeEach(async () => {
  server = new ModelSyncServer({ serverId: uuid(1), epoch: uuid(2) });
  laptop = new SyncBench(uuid(3));
  server.write(
    'catalogue',
    Array.from({ length: 300 }, (_, at) => product(10 + at)),
  );
  await laptop.sync(server);
});
afterEach(() => laptop.dispose());

/** Makes the laptop's catalogue what an app before this one would have left. */
function turnBack(changes: string): string {
  const file = fileOfCatalogue();
  laptop.replicas.close();
  const db = openWritable(file, { durability: 'NORMAL' });
  db.exec(`${changes}; UPDATE replica SET fingerprint = 'of the app before'`);
  db.close();
  laptop.restart();
  return file;
}

function fileOfCatalogue(): string {
  return must(
    laptop.replicas.views().find(({ scope }) => scope === 'catalogue'),
    'a catalogue',
  ).file;
}

test('after an update the old file is read until the new one is whole', async () => {
  const before = laptop.rows('catalogue');
  const old = turnBack(
    `DROP TABLE product_note; DROP TABLE parked_row; ALTER TABLE product DROP COLUMN parked;
     ALTER TABLE product DROP COLUMN tracking; ALTER TABLE product DROP COLUMN tracks_expiry`,
  );
  expect(fileOfCatalogue()).toBe(old);
  expect(laptop.rows('catalogue')).toEqual(before);
  expect(laptop.replicas.get('catalogue', 'current')).toBeNull();

  let seenMeanwhile = 0;
  server.beforeAnswer = () => {
    expect(laptop.rows('catalogue')).toEqual(before);
    seenMeanwhile += 1;
  };
  await laptop.sync(server);
  expect(seenMeanwhile).toBeGreaterThan(10);
  expect(fileOfCatalogue()).not.toBe(old);
  expect(laptop.rows('catalogue')).toEqual(server.rows('catalogue'));
  expect(laptop.replicas.get('catalogue', 'current')?.state.complete).toBe(true);
});

test('a column that every row must have makes the old file useless, and it is fetched anew', async () => {
  turnBack('ALTER TABLE product RENAME COLUMN unit TO measure');
  expect(laptop.replicas.views()).toEqual([]);
  await laptop.sync(server);
  expect(laptop.rows('catalogue')).toEqual(server.rows('catalogue'));
});

test('a first sync that was under way before the update starts anew', async () => {
  turnBack('UPDATE replica SET complete = 0');
  expect(laptop.replicas.views()).toEqual([]);
  await laptop.sync(server);
  expect(laptop.rows('catalogue')).toEqual(server.rows('catalogue'));
});

test('an emptied server does not take an old file with it', async () => {
  turnBack('DROP TABLE product_note');
  server.write(
    'catalogue',
    Array.from({ length: 290 }, (_, at) => ({ ...product(10 + at), row: null })),
  );
  await expect(laptop.sync(server)).rejects.toMatchObject({ code: 'MASS_DELETE' });
  expect(laptop.rows('catalogue')?.size).toBe(300);
});
