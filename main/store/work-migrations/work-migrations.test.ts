import { expect, test } from 'vitest';
import { must } from '../../../shared/domain/assert.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { BackupFolder } from '../backup/backup-folder.ts';
import { openWorkDatabase } from '../backup/open-work-database.ts';
import { migrateWorkStore, WORK_MIGRATIONS } from '../migrate-work-store.ts';
import { openReadable, openWritable, type SqliteDatabase } from '../sqlite.ts';
import { WorkStore } from '../work-store.ts';

const tempFolder = useTempFolders();
const now = (): number => Date.UTC(2026, 0, 31, 9);

const RUN = JSON.stringify({
  jobId: 'job',
  unit: 'full',
  reason: 'user',
  outcome: 'complete',
  startedAt: 1,
  finishedAt: 2,
});

/** What a laptop has stored by the time it holds each version's tables. Add a line with every migration. */
const STORED: Readonly<Record<number, string>> = {
  1: `INSERT INTO device (one, device_id, last_success_at, refetch) VALUES (1, 'device', 5, 1);
      INSERT INTO trusted_server VALUES (1, 'server');
      INSERT INTO followed_scope VALUES ('catalogue', NULL, NULL), ('site:1', 'HAM', 'Hamburg');
      INSERT INTO replica_file VALUES ('catalogue', 'current', 'a.db', 7), ('catalogue', 'building', 'b.db', NULL);
      INSERT INTO sync_job (job_id, unit, reason, attempts, not_before) VALUES ('job', 'full', 'user', 2, 9);
      INSERT INTO sync_log (result) VALUES ('${RUN}');`,
  2: `UPDATE device SET next_number = 8;
      INSERT INTO operation (operation_id, device_id, number, state, at, bytes) VALUES
        ('sent', 'device', 7, 'applied', 1, 10), ('waiting', NULL, NULL, 'waiting', 2, 10);
      INSERT INTO operation_change VALUES
        (1, 1, 'product_note', 'r1', 'catalogue', '{}', NULL), (2, 1, 'product_note', 'r1', 'catalogue', '{}', '{}');
      INSERT INTO operation_stock VALUES (2, 1, 'site:1', 'p', 'l', -3);
      INSERT INTO conflict (conflict_id, position, entity, row_id, scope, kind, field, base, mine, theirs, at)
        VALUES ('c', 1, 'product_note', 'r1', 'catalogue', 'field', 'text', '1', '2', '3', 4);`,
  3: `INSERT INTO sync_log (at, kind, content) VALUES (6, 'note', '{}');`,
  4: `INSERT INTO draft VALUES ('form', '"text"', 3);`,
  5: `INSERT INTO operation_stock VALUES (2, 2, 'site:1', 'p', 'l', 4, 'lot', 'serial', 5, 'line');`,
  6: `INSERT INTO tally (tally_id, kind, site_id, started_at, updated_at) VALUES ('t', 'count', '1', 1, 2);
      INSERT INTO tally_line (tally_id, product_id, location_id, lot, serial, scanned, at)
        VALUES ('t', 'p', 'l', '', '', 3, 4);
      INSERT INTO tally_entry (entry_id, tally_id, at, text, raw) VALUES ('e', 't', 5, '4006', '4006');`,
  7: `INSERT INTO photo_upload (row_id, entity, hash, bytes, added_at) VALUES ('r', 'product_photo', 'h', 3, 4);`,
  8: `INSERT INTO shared_clock VALUES (1, -5, 6);`,
  9: `UPDATE operation SET person_id = 'person';
      INSERT INTO draft VALUES ('person', 'form', '{}', 7);`,
};

type Content = Map<string, Record<string, unknown>[]>;

function contentOf(db: Pick<SqliteDatabase, 'prepare'>): Content {
  const tables = db
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`)
    .pluck()
    .all() as string[];
  return new Map(
    tables.map((table) => [
      table,
      db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all() as Record<string, unknown>[],
    ]),
  );
}

/** A closed file of a version, with what a laptop of that version has stored. */
function fileOfVersion(folder: string, version: number): Content {
  const db = openWritable(WorkStore.fileIn(folder), { durability: 'FULL' });
  for (let step = 1; step <= version; step++) {
    migrateWorkStore(db, WORK_MIGRATIONS.slice(0, step));
    db.exec(must(STORED[step], `what version ${step} stores`));
  }
  const content = contentOf(db);
  db.close();
  return content;
}

/** The rows as a migration keeps them, where it gives columns other names. */
const KEPT_AS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  3: { result: 'content' },
};

function asKeptBy(number: number, rows: readonly Record<string, unknown>[]) {
  const names = KEPT_AS[number] ?? {};
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [names[name] ?? name, value])),
  );
}

test.each(WORK_MIGRATIONS.slice(1).map(({ number }) => number))(
  'migration %i keeps everything that a laptop of the version before has stored',
  (number) => {
    const folder = tempFolder();
    const before = fileOfVersion(folder, number - 1);
    expect([...before.values()].every((rows) => rows.length > 0)).toBe(true);
    const migrations = WORK_MIGRATIONS.slice(0, number);
    const { db, restored } = openWorkDatabase(WorkStore.fileIn(folder), { now, migrations });
    expect(restored).toBeNull();
    expect(db.pragma('user_version', { simple: true })).toBe(number);
    const after = contentOf(db);
    for (const [table, rows] of before) {
      const kept = must(after.get(table), `the table ${table}`);
      expect(kept, table).toMatchObject(asKeptBy(number, rows));
      expect(kept, table).toHaveLength(rows.length);
    }
    db.exec(must(STORED[number], 'what the new version stores'));
    db.close();
  },
);

test('a laptop of the first version goes to the newest in one step, with its file of before backed up', () => {
  const folder = tempFolder();
  const before = fileOfVersion(folder, 1);
  const work = WorkStore.open(folder, () => 'another device', now);
  expect(work.deviceId()).toBe('device');
  expect(work.jobs()).toHaveLength(1);
  expect(work.lastRun()).toMatchObject({ jobId: 'job' });
  work.close();
  const [backup] = new BackupFolder(folder).list();
  const copy = openReadable(must(backup, 'a backup').file);
  expect(contentOf(copy)).toEqual(before);
  copy.close();
});
