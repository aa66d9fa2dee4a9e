import { expect, test } from 'vitest';
import { type SyncLogEntry, syncLogInput } from '../../shared/desktop/sync-state.ts';
import { runResult } from '../../tests/support/run-result.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { migrateWorkStore, WORK_MIGRATIONS } from './migrate-work-store.ts';
import { openWritable } from './sqlite.ts';
import { LOG_RUNS_MAX } from './sync-log.ts';
import { WorkStore } from './work-store.ts';

const tempFolder = useTempFolders();

function list(work: WorkStore, input: object = {}): readonly SyncLogEntry[] {
  return work.log(syncLogInput.parse(input));
}

const whatOf = (entries: readonly SyncLogEntry[]): string[] =>
  entries.map((entry) => (entry.kind === 'run' ? entry.result.jobId : entry.note.type));

/** Two runs, a note about no unit, one about a unit, and one more run. */
function openFilled(): WorkStore {
  const work = WorkStore.open(tempFolder(), () => 'id');
  work.settleRun(runResult(1, 'complete'), new Map());
  work.settleRun(runResult(2, 'error', { unit: 'stock' }), new Map());
  work.addNote({ type: 'unitsDiscarded', units: ['stock', 'catalogue'] }, 30);
  work.addNote({ type: 'loopSuppressed', unit: 'stock' }, 31);
  work.settleRun(runResult(4, 'cancelled', { unit: 'stock' }), new Map());
  return work;
}

test('runs and notes are kept as they were, newest first', () => {
  const work = openFilled();
  expect(list(work, { limit: 3 })).toEqual([
    { number: 5, at: 5, kind: 'run', result: runResult(4, 'cancelled', { unit: 'stock' }) },
    { number: 4, at: 31, kind: 'note', note: { type: 'loopSuppressed', unit: 'stock' } },
    {
      number: 3,
      at: 30,
      kind: 'note',
      note: { type: 'unitsDiscarded', units: ['stock', 'catalogue'] },
    },
  ]);
  work.close();
});

test.each([
  [{}, ['job-4', 'loopSuppressed', 'unitsDiscarded', 'job-2', 'job-1']],
  [{ unit: 'stock' }, ['job-4', 'loopSuppressed', 'job-2']],
  [{ outcome: 'error' }, ['job-2']],
  [{ outcome: 'cancelled' }, ['job-4']],
  [{ outcome: 'notes' }, ['loopSuppressed', 'unitsDiscarded']],
  [{ outcome: 'notes', unit: 'stock' }, ['loopSuppressed']],
  [{ outcome: 'complete', unit: 'stock' }, []],
  [{ before: 3 }, ['job-2', 'job-1']],
  [{ before: 4, limit: 2 }, ['unitsDiscarded', 'job-2']],
])('of the log, %j shows %j', (input, expected) => {
  const work = openFilled();
  expect(whatOf(list(work, input))).toEqual(expected);
  work.close();
});

test('a note is not the last run', () => {
  const work = WorkStore.open(tempFolder(), () => 'id');
  expect(work.lastRun()).toBeNull();
  work.settleRun(runResult(7, 'error'), new Map());
  work.addNote({ type: 'loopSuppressed', unit: 'full' }, 9);
  expect(work.lastRun()).toEqual(runResult(7, 'error'));
  work.close();
});

test('the log is bounded', () => {
  const work = WorkStore.open(tempFolder(), () => 'id');
  for (let at = 1; at <= LOG_RUNS_MAX + 4; at++) {
    work.settleRun(runResult(at, 'complete'), new Map());
  }
  work.addNote({ type: 'loopSuppressed', unit: 'full' }, 9);
  const all = list(work, { limit: LOG_RUNS_MAX });
  expect([all.length, whatOf(all.slice(-1))]).toEqual([LOG_RUNS_MAX, ['job-6']]);
  expect(list(work, { before: all.at(-1)?.number })).toEqual([]);
  work.close();
});

test('runs of a store from before the notes survive, with their numbers', () => {
  const folder = tempFolder();
  const db = openWritable(WorkStore.fileIn(folder), { durability: 'FULL' });
  migrateWorkStore(db, WORK_MIGRATIONS.slice(0, 2));
  const insert = db.prepare('INSERT INTO sync_log (number, result) VALUES (?, ?)');
  insert.run(41, JSON.stringify(runResult(41, 'complete')));
  insert.run(42, JSON.stringify(runResult(42, 'error', { unit: 'catalogue' })));
  db.close();
  const work = WorkStore.open(folder, () => 'id');
  expect(list(work, { unit: 'catalogue', outcome: 'error' })).toEqual([
    { number: 42, at: 43, kind: 'run', result: runResult(42, 'error', { unit: 'catalogue' }) },
  ]);
  expect(whatOf(list(work))).toEqual(['job-42', 'job-41']);
  work.settleRun(runResult(50, 'complete'), new Map());
  expect(list(work, { limit: 1 })[0]?.number).toBe(43);
  work.close();
});
