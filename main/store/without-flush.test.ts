import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { runResult } from '../../tests/support/run-result.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import type { NewChange } from './outbox/new-operation.ts';
import { takeOperations } from './outbox/take-operations.ts';
import { openWritable } from './sqlite.ts';
import { withoutFlush } from './without-flush.ts';
import { type SyncJob, WorkStore } from './work-store.ts';

/** What `PRAGMA synchronous` answers. */
const LEVELS = ['OFF', 'NORMAL', 'FULL'];
const tempFolder = useTempFolders();
const job: SyncJob = { jobId: 'a', unit: 'full', reason: 'user', attempts: 0, notBefore: 0 };
const id = '01890000-0000-7000-8000-000000000001';

/** A store that tells, for every row that is written, under which setting that was. */
function openProbed() {
  const work = WorkStore.open(tempFolder(), () => 'id');
  const { db } = work;
  db.exec('CREATE TEMP TABLE written (level INTEGER)');
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .pluck()
    .all() as string[];
  for (const [at, event] of ['INSERT', 'UPDATE', 'DELETE'].entries()) {
    for (const table of tables) {
      db.exec(`CREATE TEMP TRIGGER ${table}_${at} AFTER ${event} ON main.${table} BEGIN
        INSERT INTO written SELECT synchronous FROM pragma_synchronous; END`);
    }
  }
  return { work, levelsOf: (write: (work: WorkStore) => void) => levelsOf(work, write) };
}

function levelsOf(work: WorkStore, write: (work: WorkStore) => void): (string | undefined)[] {
  write(work);
  const levels = work.db.prepare('SELECT DISTINCT level FROM written').pluck().all() as number[];
  work.db.exec('DELETE FROM written');
  return levels.map((level) => LEVELS[level]);
}

test('what people did, and all that says what is where, is on the disk when a call returns', () => {
  const { work, levelsOf: levels } = openProbed();
  const note = { kind: 'create', entity: 'product_note', version: 1, id, row: { id } } as const;
  const change: NewChange = { change: note, base: null, scope: CATALOGUE_SCOPE };
  const seen = {
    append: levels(({ outbox }) => outbox.append({ operationId: id, at: 1, changes: [change] })),
    number: levels(({ db, outbox }) => {
      takeOperations(db, outbox, { operations: 9, bytes: 9_999 });
    }),
    discard: levels(({ outbox }) => outbox.discard(id, 2)),
    draft: levels(({ drafts }) => drafts.put({ key: 'form:1', value: 'x' }, 1)),
    removeDraft: levels(({ drafts }) => drafts.remove('form:1')),
    trust: levels((store) => store.trustServer('server')),
    refetch: levels((store) => store.askRefetch(true)),
    follow: levels((store) =>
      store.follow([{ scope: CATALOGUE_SCOPE, siteCode: null, name: null }]),
    ),
    building: levels((store) => store.setBuilding(CATALOGUE_SCOPE, 'one.db')),
    promote: levels((store) => store.promote(CATALOGUE_SCOPE)),
    forget: levels((store) => store.forgetReplica(CATALOGUE_SCOPE, 'current')),
  };
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, ['FULL']])));
  work.close();
});

test('what a run keeps books about does not wait for the disk', () => {
  const { work, levelsOf: levels } = openProbed();
  const seen = {
    add: levels((store) => store.addJob(job)),
    update: levels((store) => store.updateJob({ ...job, attempts: 1 })),
    settle: levels((store) => store.settleRun(runResult(1, 'complete'), new Map())),
    remove: levels((store) => store.removeJob('a')),
    note: levels((store) => store.addNote({ type: 'unitsDiscarded', units: ['full'] }, 1)),
  };
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, ['NORMAL']])));
  expect(levels((store) => store.trustServer('server'))).toEqual(['FULL']);
  work.close();
});

test('work that fails leaves the connection as durable as it was', () => {
  const db = openWritable(`${tempFolder()}/a.db`, { durability: 'FULL' });
  const fail = (): void => {
    throw new Error('a defect');
  };
  expect(() => withoutFlush(db, fail)).toThrow('a defect');
  expect(LEVELS[db.pragma('synchronous', { simple: true }) as number]).toBe('FULL');
  db.close();
});

test('a transaction of what people did cannot be made less durable from within', () => {
  const db = openWritable(`${tempFolder()}/a.db`, { durability: 'FULL' });
  const within = db.transaction(() => withoutFlush(db, () => 'not reached'));
  expect(within).toThrow('Safety level may not be changed inside a transaction');
  db.close();
});

test('a process that is killed right after a trigger leaves the trigger', () => {
  const folder = tempFolder();
  const module = JSON.stringify(new URL('work-store.ts', import.meta.url).href);
  const program = `
    import { WorkStore } from ${module};
    const work = WorkStore.open(${JSON.stringify(folder)}, () => 'id');
    work.addJob(${JSON.stringify(job)});
    process.kill(process.pid, 'SIGKILL');`;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', program]);
  expect(signal).toBe('SIGKILL');
  const work = WorkStore.open(folder, () => 'id');
  expect(work.jobs()).toEqual([job]);
  work.close();
});
