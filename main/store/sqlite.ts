import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { TallymanError } from '../../shared/errors.ts';

export type SqliteDatabase = Database.Database;
export type Statement = Database.Statement;
/** All that reading needs of a connection. */
export interface Prepares {
  prepare: (sql: string) => Statement;
}

/** Branded handles: a function that takes a `ReadableDatabase` cannot be tempted to write. */
declare const writable: unique symbol;
export type ReadableDatabase = Pick<SqliteDatabase, 'prepare' | 'close' | 'open' | 'name'>;
export type WritableDatabase = SqliteDatabase & { readonly [writable]: true };

/**
 * SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when two connections write and checkpoint at the same moment, which
 * is just what a reader pool beside a writer may meet. https://sqlite.org/wal.html#walresetbug
 */
const SQLITE_VERSION_OLDEST = [3, 51, 3] as const;

/** A short wait covers a checkpoint or a second process that is closing. */
const BUSY_TIMEOUT_MS = 5_000;
/** The WAL file is cut back to this size after a checkpoint, so that one large transaction does not keep the disk. */
const WAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;

/** `FULL`: a commit is on the disk when the call returns. `NORMAL`: consistent, but the newest commits may be lost with the power. */
export type Durability = 'FULL' | 'NORMAL';

export function sqliteVersion(): string {
  const probe = new Database(':memory:');
  try {
    return probe.prepare('SELECT sqlite_version()').pluck().get() as string;
  } finally {
    probe.close();
  }
}

/** Throws SQLITE_TOO_OLD unless the linked SQLite has the WAL fix. */
export function assertSafeSqlite(version: string = sqliteVersion()): void {
  const parts = version.split('.').map(Number);
  for (const [at, oldest] of SQLITE_VERSION_OLDEST.entries()) {
    const part = parts[at] ?? 0;
    if (part > oldest) return;
    if (part < oldest) {
      throw new TallymanError(
        'SQLITE_TOO_OLD',
        `SQLite ${version} has a bug that can damage data. Update Tallyman: it needs SQLite ${SQLITE_VERSION_OLDEST.join('.')} or newer.`,
        { details: { version } },
      );
    }
  }
}

export interface OpenOptions {
  durability: Durability;
  /** A replica that is being filled needs a larger cache than one that only takes deltas. */
  cacheBytes?: number | undefined;
}

/** Opens or makes a database in WAL mode. Throws STORE_DAMAGED if the file is no database. */
export function openWritable(file: string, options: OpenOptions): WritableDatabase {
  assertSafeSqlite();
  return translated(file, () => {
    const db = new Database(file);
    try {
      db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
      db.pragma('journal_mode = WAL');
      db.pragma(`synchronous = ${options.durability}`);
      // macOS's plain fsync leaves data in the drive's cache.
      if (options.durability === 'FULL') db.pragma('fullfsync = ON');
      db.pragma(`journal_size_limit = ${WAL_SIZE_LIMIT_BYTES}`);
      db.pragma('foreign_keys = ON');
      db.pragma('trusted_schema = OFF');
      if (options.cacheBytes !== undefined) {
        db.pragma(`cache_size = -${Math.round(options.cacheBytes / 1024)}`);
      }
      return db as WritableDatabase;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Opens an existing database for reading only. */
export function openReadable(file: string): ReadableDatabase {
  return translated(file, () => {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    db.pragma('query_only = ON');
    db.pragma('trusted_schema = OFF');
    return db;
  });
}

/** Gives the failures of SQLite and of the disk a code of ours, with the cause kept. */
export function translated<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translatedError(file, error);
  }
}

export function translatedError(file: string, error: unknown): unknown {
  const { code } = (error ?? {}) as { code?: string };
  // With what follows the name, as of a search index: SQLITE_CORRUPT_VTAB.
  if (code?.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new TallymanError('STORE_DAMAGED', `The file ${file} is damaged.`, {
      cause: error,
      details: { file },
    });
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new TallymanError('DISK_FULL', 'The disk is full. Free some space, then sync again.', {
      cause: error,
      details: { file },
    });
  }
  if (code === 'SQLITE_BUSY') {
    return new TallymanError(
      'DATA_FOLDER_IN_USE',
      'Another Tallyman uses this data folder. Close it first.',
      { cause: error, details: { file } },
    );
  }
  if (code?.startsWith('SQLITE_IOERR')) {
    return new TallymanError(
      'INTERNAL',
      `The disk failed at the file ${basename(file)} (${code}). Nothing that was saved before is lost.`,
      { cause: error, details: { file: basename(file), systemCode: code } },
    );
  }
  return error;
}
