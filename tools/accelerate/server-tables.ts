import { Kysely, sql } from 'kysely';
import { migrate } from '../../server/store/migrate.ts';
import type { ServerDatabase } from '../../server/store/server-database.ts';
import { openSqlite } from '../../server/store/engine/sqlite-dialect.ts';

/** The names that the server's own database has taken, tables and indexes alike: the migrations say so. */
export async function serverTables(): Promise<ReadonlySet<string>> {
  const engine = openSqlite(':memory:', 'write');
  try {
    const db = new Kysely<ServerDatabase>({ dialect: engine.dialect });
    await migrate(db, { now: () => 0, makeEpoch: () => 'epoch' });
    const { rows } = await sql<{ name: string }>`select name from sqlite_master`.execute(db);
    return new Set(rows.map(({ name }) => name));
  } finally {
    engine.close();
  }
}
