import { join } from 'node:path';
import { type Dialect, Kysely } from 'kysely';
import type { ServerDatabase } from '../server-database.ts';
import type { PoolUse } from './pool-use.ts';
import { openPostgres, type PostgresRole } from './postgres-dialect.ts';
import { openSqlite } from './sqlite-dialect.ts';

export const DATABASE_FILE = 'server.db';

/** Where an organisation's data are. */
export interface StoreLocation {
  /** Of photos and snapshots, and of the database unless it is elsewhere. */
  dataDir: string;
  /** `postgres://…`; without it SQLite in the data folder. */
  database?: string | undefined;
  /** The organisation's schema in it. */
  schema?: string | undefined;
}

export interface OpenedDatabase {
  db: Kysely<ServerDatabase>;
  /** Null where there is no pool. */
  poolUse: () => PoolUse | null;
  /** A transaction still at work is rolled back. */
  close: () => Promise<void>;
}

export function openDatabase(
  { dataDir, database, schema }: StoreLocation,
  role: PostgresRole,
  reportLoss: (error: Error) => void = () => undefined,
): OpenedDatabase {
  if (database !== undefined) {
    const engine = openPostgres({ url: database, schema }, role, reportLoss);
    return { db: kyselyOf(engine.dialect), poolUse: engine.poolUse, close: engine.close };
  }
  const engine = openSqlite(join(dataDir, DATABASE_FILE), role === 'write' ? 'write' : 'read');
  // Not by Kysely's own `destroy`, which closes nothing if it was never used.
  return {
    db: kyselyOf(engine.dialect),
    poolUse: () => null,
    close: async () => engine.close(),
  };
}

function kyselyOf(dialect: Dialect): Kysely<ServerDatabase> {
  return new Kysely<ServerDatabase>({ dialect });
}
