import { expect, test } from 'vitest';
import type { SyncRunResult } from '../../shared/desktop/sync-state.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { migrateWorkStore, WORK_MIGRATIONS } from './migrate-work-store.ts';
import { takeOwnerLock } from './owner-lock.ts';
import { openWritable } from './sqlite.ts';
import { WorkStore } from './work-store.ts';

const tempFolder = useTempFolders();

function runResult(number: number, outcome: SyncRunResult['outcome']): SyncRunResult {
  return {
    jobId: `job-${number}`,
    unit: 'full',
    reason: 'user',
    outcome,
    startedAt: number,
    finishedAt: number + 1,
    rowsReceived: 0,
    rowsDeleted: 0,
    rowsSent: 0,
    bytesReceived: 0,
    error: null,
  };
}

test('the device keeps its id', () => {
  const folder = tempFolder();
  const first = WorkStore.open(folder, () => 'first');
  first.close();
  const second = WorkStore.open(folder, () => 'second');
  expect(second.deviceId()).toBe('first');
  second.close();
});

test('the log is bounded, newest first, and only a complete run sets the age of the data', () => {
  const work = WorkStore.open(tempFolder(), () => 'id');
  for (let number = 1; number <= 1_005; number++) {
    work.settleRun(runResult(number, number === 1_000 ? 'complete' : 'error'), new Map());
  }
  expect(work.log(2).map(({ jobId }) => jobId)).toEqual(['job-1005', 'job-1004']);
  expect(work.log(2_000)).toHaveLength(1_000);
  expect(work.lastSuccessAt()).toBe(1_001);
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
