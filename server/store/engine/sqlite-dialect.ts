import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { TallymanError } from '../../../shared/errors.ts';
import { translateSqliteError } from './sqlite-error.ts';

/**
 * SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when two connections write and checkpoint at the same moment, which
 * an import beside a running server may meet. https://sqlite.org/wal.html#walresetbug
 */
const SQLITE_VERSION_OLDEST = [3, 51, 3] as const;

/** Waiting inside SQLite blocks the whole thread. Only opening, and a reader that meets a recovery, wait so. */
const BUSY_TIMEOUT_MS = 2_000;
/** A write transaction that finds another process writing waits asleep instead: 10 s at most. */
const BEGIN_RETRY_INTERVAL_MS = 4;
const BEGIN_RETRIES_MAX = 2_500;

/** The WAL file is cut back to this size after a checkpoint, so that one large transaction does not keep the disk. */
const WAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;
/** 64 MiB as well. SQLite's own 1,000 pages make an import write the same pages over and over. */
export const CHECKPOINT_PAGES = 16_384;
/**
 * The writer's holds the pages that a commit of 10,000 rows changes, at random places of many indexes; spilled pages would
 * be written twice. With 128 MiB an import of a million products wrote no byte less and held 100 MB more. Readers walk in
 * the order of the file, and there are several.
 */
const CACHE_BYTES = { write: 48 * 1024 * 1024, read: 32 * 1024 * 1024 } as const;
/** Far above the number of different statement texts of the server. */
const STATEMENTS_CACHED_MAX = 256;

export type SqliteMode = 'write' | 'read';

export interface SqliteEngine {
  dialect: SqliteDialect;
  close: () => void;
}

/** One connection. The file is made if `mode` is `write`. */
export function openSqlite(file: string, mode: SqliteMode): SqliteEngine {
  const database = openDatabase(file, mode);
  return { dialect: new ImmediateDialect(database, mode), close: () => database.close() };
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: Database.Database;
  readonly #mode: SqliteMode;

  constructor(database: Database.Database, mode: SqliteMode) {
    super({ database });
    this.#database = database;
    this.#mode = mode;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database, this.#mode);
  }
}

/**
 * A write transaction takes the write lock when it begins. Taking it at the first write instead would fail whenever
 * another process committed since the first read.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Database.Database;
  readonly #mode: SqliteMode;

  constructor(database: Database.Database, mode: SqliteMode) {
    super({ database: cachedStatements(database) });
    this.#database = database;
    this.#mode = mode;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#mode === 'read') return super.beginTransaction(connection);
    for (let retries = 0; ; retries++) {
      try {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'));
        return;
      } catch (error) {
        const busy = error instanceof TallymanError && error.code === 'SERVER_BUSY';
        if (!busy || retries >= BEGIN_RETRIES_MAX) throw error;
        await sleep(BEGIN_RETRY_INTERVAL_MS);
      }
    }
  }

  /** SQLite has already rolled back by itself after some failures, such as a full disk. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** Throws SQLITE_TOO_OLD unless the linked SQLite has the fix. */
export function assertSafeSqlite(version: string): void {
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

function openDatabase(file: string, mode: SqliteMode): Database.Database {
  try {
    const database = new Database(file, { readonly: mode === 'read' });
    try {
      assertSafeSqlite(database.prepare('SELECT sqlite_version()').pluck().get() as string);
      database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
      database.pragma(`cache_size = -${CACHE_BYTES[mode] / 1024}`);
      database.pragma('trusted_schema = OFF');
      if (mode === 'write') makeDurable(database);
      else database.pragma('query_only = ON');
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw translateSqliteError(error);
  }
}

function makeDurable(database: Database.Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  // macOS's plain fsync leaves data in the drive's cache.
  database.pragma('fullfsync = ON');
  database.pragma(`journal_size_limit = ${WAL_SIZE_LIMIT_BYTES}`);
  database.pragma('foreign_keys = ON');
  // A statement of many rows may fail midway, so SQLite first copies every page that it touches to a temporary file. In
  // an import that was more than half of all that was written; in memory it is at most a few megabytes.
  database.pragma('temp_store = MEMORY');
  database.pragma('busy_timeout = 0');
}

/** Kysely prepares a statement anew for every call; preparing one of 256 rows takes longer than running it. */
function cachedStatements(database: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare: (text) => {
      const known = statements.get(text);
      if (known !== undefined) return known;
      if (statements.size >= STATEMENTS_CACHED_MAX) statements.clear();
      const statement = translating(database, text);
      statements.set(text, statement);
      return statement;
    },
  };
}

function translating(database: Database.Database, text: string): SqliteStatement {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw translateSqliteError(error);
    }
  };
  const statement = guarded(() => database.prepare(text));
  return {
    reader: statement.reader,
    all: (parameters) => guarded(() => statement.all(parameters)),
    run: (parameters) => guarded(() => statement.run(parameters)),
    iterate: (parameters) => statement.iterate(parameters),
  };
}
