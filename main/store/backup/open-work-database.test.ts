import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { WORK_MIGRATIONS } from '../migrate-work-store.ts';
import { openReadable, openWritable, type WritableDatabase } from '../sqlite.ts';
import type { WorkMigration } from '../work-migrations/work-migration.ts';
import { WorkStore } from '../work-store.ts';
import { BackupFolder } from './backup-folder.ts';
import { openWorkDatabase } from './open-work-database.ts';
import { copyVerified } from './verified-copy.ts';

const tempFolder = useTempFolders();
const now = (): number => Date.UTC(2026, 0, 31, 9);
const PAGE_BYTES = 4_096;

const brokenUpgrade: WorkMigration = {
  number: WORK_MIGRATIONS.length + 1,
  up: (db) => {
    db.exec('CREATE TABLE half (a INTEGER)');
    throw new Error('the power is gone');
  },
};

function operationIds(db: WritableDatabase): string[] {
  return db
    .prepare('SELECT operation_id FROM operation ORDER BY position')
    .pluck()
    .all() as string[];
}

/** Operations with a text that fills a good part of a page, so that a broken page breaks few of them. */
function addOperations(db: WritableDatabase, from: number, count: number): string[] {
  const ids = Array.from({ length: count }, (_, at) => `operation-${from + at}`);
  db.transaction(() => {
    for (const id of ids) {
      const { lastInsertRowid } = db
        .prepare(
          `INSERT INTO operation (operation_id, after_operations, at, bytes) VALUES (?, ?, 1, 1)`,
        )
        .run(id, JSON.stringify('x'.repeat(900)));
      db.prepare(
        `INSERT INTO operation_change VALUES (?, 1, 'product_note', ?, 'catalogue', '{}', NULL)`,
      ).run(lastInsertRowid, id);
    }
  })();
  return ids;
}

function overwritePage(file: string, page: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(PAGE_BYTES, 0xff), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
  closeSync(handle);
}

/** A leaf of the operation table's tree in the middle of the file. */
function middleLeafOf(db: WritableDatabase, table: string): number {
  const root = db.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').pluck().get(table);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(db.name);
  const at = ((root as number) - 1) * PAGE_BYTES;
  expect(bytes[at], 'the root is an interior page').toBe(5);
  const cells = bytes.readUInt16BE(at + 3);
  const cell = bytes.readUInt16BE(at + 12 + 2 * Math.floor(cells / 2));
  return bytes.readUInt32BE(at + cell);
}

test('an upgrade is backed up first, and one that fails leaves the old file open to the app before', () => {
  const folder = tempFolder();
  const file = WorkStore.fileIn(folder);
  const before = openWorkDatabase(file, { now });
  const ids = addOperations(before.db, 1, 3);
  before.db.close();

  const migrations = [...WORK_MIGRATIONS, brokenUpgrade];
  let error: unknown;
  try {
    openWorkDatabase(file, { now, migrations });
  } catch (thrown) {
    error = thrown;
  }
  const [backup] = new BackupFolder(folder).list();
  expect(error).toMatchObject({ code: 'STORE_UPGRADE_FAILED', details: { backup: backup?.file } });
  expect(backup).toMatchObject({ beforeUpgrade: WORK_MIGRATIONS.length, at: now() });

  const again = openWorkDatabase(file, { now });
  expect(again.restored).toBeNull();
  expect(operationIds(again.db)).toEqual(ids);
  again.db.close();
  const copy = openReadable(String(backup?.file));
  expect(operationIds(copy as WritableDatabase)).toEqual(ids);
  copy.close();
});

test('a file of a newer app is refused with every byte as it was', () => {
  const folder = tempFolder();
  const file = WorkStore.fileIn(folder);
  const { db } = openWorkDatabase(file, { now });
  addOperations(db, 1, 3);
  db.pragma(`user_version = ${WORK_MIGRATIONS.length + 1}`);
  db.close();
  const before = readFileSync(file);
  expect(() => openWorkDatabase(file, { now })).toThrow(
    expect.objectContaining({ code: 'STORE_TOO_NEW' }),
  );
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(new BackupFolder(folder).list()).toEqual([]);
});

test('a file that is no database gives way to its newest backup and is kept', async () => {
  const folder = tempFolder();
  const file = WorkStore.fileIn(folder);
  const { db } = openWorkDatabase(file, { now });
  const ids = addOperations(db, 1, 3);
  await copyVerified(db, new BackupFolder(folder).newFile(now()));
  db.close();
  overwritePage(file, 1);
  const damaged = readFileSync(file);

  const opened = openWorkDatabase(file, { now });
  expect(operationIds(opened.db)).toEqual(ids);
  expect(opened.restored).toMatchObject({ salvaged: 0 });
  expect(readFileSync(String(opened.restored?.setAside)).equals(damaged)).toBe(true);
  opened.db.close();
});

test('operations newer than the backup are read out of a file with a broken page', async () => {
  const folder = tempFolder();
  const file = WorkStore.fileIn(folder);
  const { db } = openWorkDatabase(file, { now });
  const backedUp = addOperations(db, 1, 40);
  await copyVerified(db, new BackupFolder(folder).newFile(now()));
  db.prepare(`INSERT INTO device (one, device_id, next_number) VALUES (1, 'device', 7)`).run();
  const newer = addOperations(db, 41, 160);
  db.prepare(`UPDATE operation SET state = 'applied' WHERE position = 200`).run();
  const leaf = middleLeafOf(db, 'operation');
  db.close();
  overwritePage(file, leaf);

  const opened = openWorkDatabase(file, { now });
  const found = operationIds(opened.db);
  expect(found.slice(0, 40)).toEqual(backedUp);
  const lost = newer.filter((id) => !found.includes(id));
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.length).toBeLessThan(10);
  expect(opened.db.prepare('SELECT state FROM operation WHERE position = 200').pluck().get()).toBe(
    'applied',
  );
  expect(opened.db.prepare('SELECT next_number FROM device').pluck().get()).toBe(7);
  expect(opened.db.pragma('foreign_key_check')).toEqual([]);
  expect(opened.db.pragma('integrity_check', { simple: true })).toBe('ok');
  opened.db.close();
});

test('without any backup, what can be read of a damaged file goes into a new one', () => {
  const folder = tempFolder();
  const file = WorkStore.fileIn(folder);
  const { db } = openWorkDatabase(file, { now });
  addOperations(db, 1, 100);
  const leaf = middleLeafOf(db, 'operation');
  db.close();
  overwritePage(file, leaf);
  const opened = openWorkDatabase(file, { now });
  expect(opened.restored?.backup).toBeNull();
  expect(operationIds(opened.db).length).toBeGreaterThan(90);
  opened.db.close();
});

test('without a backup, and with nothing that can be read, the laptop starts anew and the file is kept', () => {
  const folder = tempFolder();
  const file = WorkStore.fileIn(folder);
  const { db } = openWorkDatabase(file, { now });
  addOperations(db, 1, 3);
  db.close();
  overwritePage(file, 1);
  const damaged = readFileSync(file);
  const opened = openWorkDatabase(file, { now });
  expect(operationIds(opened.db)).toEqual([]);
  expect(readFileSync(String(opened.restored?.setAside)).equals(damaged)).toBe(true);
  opened.db.close();
});

test('a backup from before an upgrade takes in what was done since', () => {
  const folder = tempFolder();
  const file = WorkStore.fileIn(folder);
  const before = openWorkDatabase(file, { now, migrations: WORK_MIGRATIONS.slice(0, 2) });
  addOperations(before.db, 1, 40);
  before.db.close();
  const { db } = openWorkDatabase(file, { now });
  addOperations(db, 41, 160);
  db.exec(`INSERT INTO draft VALUES ('', 'form', '1', 1)`);
  const leaf = middleLeafOf(db, 'operation');
  db.close();
  overwritePage(file, leaf);

  const opened = openWorkDatabase(file, { now });
  expect(opened.restored?.backup).toContain('before-upgrade-from-2');
  expect(operationIds(opened.db).length).toBeGreaterThan(190);
  expect(opened.db.prepare('SELECT key FROM draft').pluck().all()).toEqual(['form']);
  opened.db.close();
});

test('a lost or emptied file comes back from its backup, and a rotten backup is passed over', async () => {
  const folder = tempFolder();
  const file = WorkStore.fileIn(folder);
  const backups = new BackupFolder(folder);
  const { db } = openWorkDatabase(file, { now });
  const ids = addOperations(db, 1, 5);
  await copyVerified(db, backups.newFile(now()));
  await copyVerified(db, backups.newFile(now() + 1));
  db.close();
  overwritePage(String(backups.list()[0]?.file), 1);
  for (const lose of [() => rmSync(file), () => writeSync(openSync(file, 'w'), '')]) {
    lose();
    const opened = openWorkDatabase(file, { now });
    expect(operationIds(opened.db)).toEqual(ids);
    expect(opened.restored?.backup).toBe(backups.list()[1]?.file);
    opened.db.close();
  }
  for (const { file: backup } of backups.list()) overwritePage(backup, 1);
  rmSync(file);
  const anew = openWorkDatabase(file, { now });
  expect(operationIds(anew.db)).toEqual([]);
  anew.db.close();
});

test('a restored store says so in its log', async () => {
  const folder = tempFolder();
  const store = WorkStore.open(folder, () => 'device', now);
  await copyVerified(store.db, new BackupFolder(folder).newFile(now()));
  store.close();
  overwritePage(WorkStore.fileIn(folder), 1);
  const again = WorkStore.open(folder, () => 'other', now);
  expect(again.deviceId()).toBe('device');
  const [entry] = again.log({ limit: 1, unit: null, outcome: 'any', before: null });
  expect(entry).toMatchObject({ kind: 'note', note: { type: 'storeRestored' } });
  again.close();
});

test('a copy appears under its name only when it is whole', async () => {
  const folder = tempFolder();
  const db = openWritable(join(folder, 'source.db'), { durability: 'FULL' });
  db.exec('CREATE TABLE t (a TEXT)');
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  for (let number = 0; number < 2_000; number++) insert.run('y'.repeat(1_000));
  const copied = copyVerified(db, join(folder, 'copy.db'));
  insert.run('written meanwhile');
  expect(readdirSync(folder)).not.toContain('copy.db');
  await copied;
  expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  const copy = openReadable(join(folder, 'copy.db'));
  expect(copy.prepare('SELECT count(*) FROM t').pluck().get()).toBe(2_001);
  copy.close();
  db.close();
  expect(statSync(join(folder, 'copy.db')).size).toBeGreaterThan(2_000_000);
});
