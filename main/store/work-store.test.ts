import { expect, test } from 'vitest';
import { runResult } from '../../tests/support/run-result.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { migrateWorkStore, WORK_MIGRATIONS } from './migrate-work-store.ts';
import { takeOwnerLock } from './owner-lock.ts';
import { openWritable } from './sqlite.ts';
import { WorkStore } from './work-store.ts';

const tempFolder = useTempFolders();

test('the device keeps its id', () => {
  const folder = tempFolder();
  const first = WorkStore.open(folder, () => 'first');
  first.close();
  const second = WorkStore.open(folder, () => 'second');
  expect(second.deviceId()).toBe('first');
  second.close();
});

test('only a complete run sets the age of the data', () => {
  const work = WorkStore.open(tempFolder(), () => 'id');
  work.settleRun(runResult(1, 'complete'), new Map());
  work.settleRun(runResult(5, 'error'), new Map());
  expect([work.lastSuccessAt(), work.lastRun()?.jobId]).toEqual([2, 'job-5']);
  work.close();
});

test('promoting makes the built file the current one and forgets the old', () => {
  const work = WorkStore.open(tempFolder(), () => 'id');
  work.setBuilding('catalogue', 'one.db');
  work.promote('catalogue');
  work.setBuilding('catalogue', 'two.db');
  expect(work.replicaFiles()).toHaveLength(2);
  work.promote('catalogue');
  expect(work.replicaFiles()).toEqual([
    { scope: 'catalogue', role: 'current', file: 'two.db', verifiedAt: null },
  ]);
  work.close();
});

test('jobs keep their order when one is postponed', () => {
  const work = WorkStore.open(tempFolder(), () => 'id');
  const job = { unit: 'full', reason: 'user', attempts: 0, notBefore: 0 } as const;
  work.addJob({ ...job, jobId: 'a' });
  work.addJob({ ...job, jobId: 'b', unit: 'stock' });
  work.updateJob({ ...job, jobId: 'a', attempts: 3, notBefore: 77 });
  expect(work.jobs()).toEqual([
    { ...job, jobId: 'a', attempts: 3, notBefore: 77 },
    { ...job, jobId: 'b', unit: 'stock' },
  ]);
  work.close();
});

test('a store of a newer app is refused untouched', () => {
  const folder = tempFolder();
  WorkStore.open(folder, () => 'id').close();
  const db = openWritable(WorkStore.fileIn(folder), { durability: 'FULL' });
  db.pragma(`user_version = ${WORK_MIGRATIONS.length + 1}`);
  db.close();
  expect(() => WorkStore.open(folder, () => 'other')).toThrow(
    expect.objectContaining({ code: 'STORE_TOO_NEW' }),
  );
});

test('a store of an older app is not looked into before it is brought up to date', () => {
  const folder = tempFolder();
  const db = openWritable(WorkStore.fileIn(folder), { durability: 'FULL' });
  db.exec('CREATE TABLE old (a INTEGER)');
  db.close();
  expect(() => WorkStore.openForReading(folder)).toThrow(
    expect.objectContaining({ code: 'UPGRADE_REQUIRED' }),
  );
});

test('a migration that fails leaves the old schema', () => {
  const db = openWritable(WorkStore.fileIn(tempFolder()), { durability: 'FULL' });
  migrateWorkStore(db);
  const before = db.prepare('SELECT sql FROM sqlite_master ORDER BY name').all();
  const broken = {
    number: WORK_MIGRATIONS.length + 1,
    up: (store: typeof db) => {
      store.exec('CREATE TABLE half (a INTEGER)');
      throw new Error('the power is gone');
    },
  };
  expect(() => migrateWorkStore(db, [...WORK_MIGRATIONS, broken])).toThrow('the power is gone');
  expect(db.prepare('SELECT sql FROM sqlite_master ORDER BY name').all()).toEqual(before);
  expect(db.pragma('user_version', { simple: true })).toBe(WORK_MIGRATIONS.length);
  db.close();
});

test('a data folder has one owner, and is free again when that one lets go', () => {
  const folder = tempFolder();
  const lock = takeOwnerLock(folder);
  expect(() => takeOwnerLock(folder)).toThrow(
    expect.objectContaining({ code: 'DATA_FOLDER_IN_USE' }),
  );
  lock.release();
  takeOwnerLock(folder).release();
});
