import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { must } from '../../../shared/domain/assert.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { openReadable } from '../sqlite.ts';
import { WorkStore } from '../work-store.ts';
import { BackupFolder, backupsToKeep } from './backup-folder.ts';
import { type VerifyCopy, verifyOnDisk } from './verified-copy.ts';
import { WorkBackups } from './work-backups.ts';

const tempFolder = useTempFolders();
const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 31, 9);

/** A store with its backups, on a clock that the test winds. */
function openBench(folder: string, verify: VerifyCopy = async (file) => verifyOnDisk(file)) {
  let now = START;
  let due: (() => void) | null = null;
  const made: string[] = [];
  const errors: unknown[] = [];
  const work = WorkStore.open(
    folder,
    () => 'device',
    () => now,
  );
  const backups = new WorkBackups(
    { db: work.db, dataFolder: folder },
    {
      now: () => now,
      setTimer: (ms, callback) => {
        expect(ms).toBe(HOUR_MS);
        due = callback;
        return () => {
          due = null;
        };
      },
      verify,
      onMade: (file) => {
        made.push(file);
        work.addNote({ type: 'backupMade', file }, now);
      },
      onError: (error) => errors.push(error),
    },
  );
  backups.start();
  return {
    work,
    backups,
    made,
    errors,
    isWaiting: () => due !== null,
    passHour: () => {
      now += HOUR_MS;
      must(due, 'a timer')();
    },
  };
}

test('is made in every hour in which something changed, and in no other', async () => {
  const folder = tempFolder();
  const bench = openBench(folder);
  bench.work.askRefetch(true);
  bench.passHour();
  await expect.poll(() => bench.made).toHaveLength(1);
  bench.passHour();
  bench.passHour();
  bench.work.askRefetch(false);
  bench.passHour();
  await expect.poll(() => bench.made).toHaveLength(2);
  await bench.backups.close();
  bench.work.close();
  expect(bench.made).toHaveLength(2);
  expect(bench.errors).toEqual([]);
  expect(bench.isWaiting()).toBe(false);
  expect(new BackupFolder(folder).list().map(({ at }) => at)).toEqual([
    START + 4 * HOUR_MS,
    START + HOUR_MS,
  ]);
});

test('is made at close, but not more often than every hour', async () => {
  const folder = tempFolder();
  const bench = openBench(folder);
  bench.work.trustServer('the server');
  await bench.backups.close();
  bench.work.close();
  const copy = openReadable(must(bench.made[0], 'a backup'));
  expect(copy.prepare('SELECT server_id FROM trusted_server').pluck().get()).toBe('the server');
  copy.close();

  // A folder that is opened again and again within the hour is not copied each time.
  const again = openBench(folder);
  again.work.trustServer('another server');
  await again.backups.close();
  again.work.close();
  expect(again.made).toEqual([]);
});

test('catches up with the changes of a run that was killed', async () => {
  const folder = tempFolder();
  const killed = WorkStore.open(folder, () => 'device');
  killed.trustServer('the server');
  const bench = openBench(folder);
  await bench.backups.close();
  expect(bench.made).toHaveLength(1);
  bench.work.close();
  killed.close();
});

test('that fails is told, and tried again the next hour', async () => {
  const folder = tempFolder();
  const bench = openBench(folder);
  writeFileSync(join(folder, 'backup'), 'a file where the folder should be');
  bench.passHour();
  bench.passHour();
  await expect.poll(() => bench.errors).toHaveLength(2);
  await bench.backups.close();
  bench.work.close();
  expect(bench.made).toEqual([]);
});

test('old ones are thinned to the newest of hours and days, and those before upgrades stay', () => {
  const regular = Array.from({ length: 24 * 30 * 2 }, (_, at) => ({
    file: `${at}`,
    at: START - at * (HOUR_MS / 2),
    beforeUpgrade: null,
  }));
  const before = Array.from({ length: 12 }, (_, at) => ({
    file: `before ${at}`,
    at: START - at * 400 * 24 * HOUR_MS,
    beforeUpgrade: 20 - at,
  }));
  const kept = backupsToKeep([...regular, ...before]);
  expect(kept.filter(({ beforeUpgrade }) => beforeUpgrade !== null)).toEqual(before.slice(0, 10));
  const times = kept.filter(({ beforeUpgrade }) => beforeUpgrade === null).map(({ at }) => at);
  expect(times[0]).toBe(START);
  expect(new Set(times.map((at) => Math.floor(at / HOUR_MS))).size).toBe(times.length);
  expect(Math.min(...times)).toBeLessThan(START - 5 * 24 * HOUR_MS);
  expect(times.length).toBeLessThan(20);
});

test('a copy has no name before it was verified elsewhere, and none if that fails', async () => {
  const folder = tempFolder();
  const backups = new BackupFolder(folder);
  const namedBefore: number[] = [];
  const damaged = new TallymanError('STORE_DAMAGED', 'The copy is damaged.');
  const verify = async (file: string): Promise<void> => {
    expect(existsSync(file)).toBe(true);
    namedBefore.push(backups.list().length);
    if (namedBefore.length > 1) throw damaged;
  };
  const bench = openBench(folder, verify);
  bench.work.drafts.put({ key: 'form:1', value: 1 }, 1);
  bench.passHour();
  await vi.waitFor(() => expect(bench.made).toHaveLength(1));
  bench.work.drafts.put({ key: 'form:1', value: 2 }, 2);
  bench.passHour();
  await vi.waitFor(() => expect(bench.errors).toEqual([damaged]));
  expect(namedBefore).toEqual([0, 1]);
  expect(backups.list().map(({ file }) => file)).toEqual(bench.made);
  bench.work.close();
});
