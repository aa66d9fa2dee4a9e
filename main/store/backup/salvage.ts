import { copyFileSync, existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrateWorkStore } from '../migrate-work-store.ts';
import type { WorkMigration } from '../work-migrations/work-migration.ts';
import type { SqliteDatabase, WritableDatabase } from '../sqlite.ts';

/** Rows of a table that may be unreadable before the rest of it is given up. */
const UNREADABLE_ROWS_MAX = 20_000;

type Row = Record<string, unknown>;

interface Readable {
  rows: Row[];
  /** Whether every row of the table could be read. */
  whole: boolean;
}

/**
 * Copies what can still be read of a damaged `work.db` into the backup that took its place, because it is newer: a table
 * that is readable to the end replaces the backup's, of any other the readable rows are added or replaced. Then what
 * belongs together is made whole again. Returns how many rows were unlike the backup's. All of it or nothing.
 *
 * A backup from before an upgrade is first brought to the version of the damaged file, so that their tables are alike.
 */
export function salvage(
  damagedFile: string,
  into: WritableDatabase,
  migrations: readonly WorkMigration[],
): number {
  // From a copy: SQLite would play the WAL back into the file that is to stay as it was found.
  const copy = `${damagedFile}.salvaging`;
  try {
    for (const part of ['', '-wal']) {
      if (existsSync(damagedFile + part)) copyFileSync(damagedFile + part, copy + part);
    }
    const damaged = new Database(copy, { fileMustExist: true });
    const version = versionOf(damaged);
    if (version === 0) {
      // Not even the first page can be read, without which there is nothing to go by.
      damaged.close();
      return 0;
    }
    if (version > versionOf(into)) migrateWorkStore(into, migrations.slice(0, version));
    return salvageFrom(damaged, into);
  } finally {
    for (const part of ['', '-wal', '-shm', '-journal']) rmSync(copy + part, { force: true });
  }
}

function salvageFrom(damaged: SqliteDatabase, into: WritableDatabase): number {
  into.pragma('foreign_keys = OFF');
  try {
    return into.transaction(() => {
      let salvaged = 0;
      for (const table of tablesOf(into)) salvaged += copyTable(damaged, into, table);
      dropBroken(into);
      return salvaged;
    })();
  } finally {
    into.pragma('foreign_keys = ON');
    damaged.close();
  }
}

function versionOf(db: SqliteDatabase): number {
  try {
    return db.pragma('user_version', { simple: true }) as number;
  } catch {
    return 0;
  }
}

function tablesOf(db: SqliteDatabase): string[] {
  return db
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all() as string[];
}

function columnsOf(db: SqliteDatabase, table: string): string[] {
  return db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
}

function copyTable(damaged: SqliteDatabase, into: SqliteDatabase, table: string): number {
  const { rows, whole } = readableRows(damaged, table);
  const own = columnsOf(into, table);
  if (rows.some((row) => own.some((column) => !(column in row)))) return 0;
  const before = new Set(into.prepare(`SELECT * FROM ${table}`).raw().all().map(keyOf));
  if (whole) into.prepare(`DELETE FROM ${table}`).run();
  const insert = into.prepare(
    `INSERT OR REPLACE INTO ${table} (${own.join(', ')}) VALUES (${own.map(() => '?').join(', ')})`,
  );
  let salvaged = 0;
  for (const row of rows) {
    const values = own.map((name) => row[name]);
    try {
      insert.run(...values);
    } catch (error) {
      // What the damage has made of a row may be no row any more.
      if (String((error as { code?: string }).code).startsWith('SQLITE_CONSTRAINT')) continue;
      throw error;
    }
    if (!before.has(keyOf(values))) salvaged += 1;
  }
  return salvaged;
}

function keyOf(values: unknown): string {
  return JSON.stringify(values);
}

/**
 * Row by row through the table's own tree, no index needed. On a damaged page it asks for the next row id again and again
 * until it is past the page.
 */
function readableRows(db: SqliteDatabase, table: string): Readable {
  const rows: Row[] = [];
  try {
    const next = db.prepare(
      `SELECT rowid AS "rowid of it", * FROM ${table} NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT 1`,
    );
    let unreadable = 0;
    for (let last = 0; unreadable < UNREADABLE_ROWS_MAX;) {
      let found: Row | undefined;
      try {
        found = next.get(last) as Row | undefined;
      } catch {
        unreadable += 1;
        last += 1;
        continue;
      }
      if (!found) return { rows, whole: unreadable === 0 };
      const { 'rowid of it': rowid, ...row } = found;
      last = rowid as number;
      rows.push(row);
    }
  } catch {
    // The table itself is not found: nothing of it can be read.
  }
  return { rows, whole: false };
}

/** Changes without their operation mean nothing, and an operation without its changes cannot be sent. */
function dropBroken(db: SqliteDatabase): void {
  const orphans = db.pragma('foreign_key_check') as { table: string; rowid: number }[];
  for (const { table, rowid } of orphans) {
    db.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(rowid);
  }
  db.exec('DELETE FROM operation WHERE position NOT IN (SELECT position FROM operation_change)');
}
