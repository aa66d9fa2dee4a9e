import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { ServerDatabase } from '../server-database.ts';
import type { Flavour, Tuples } from './flavour.ts';
import { guardAuditOnPostgres } from './postgres-audit-guard.ts';
import { isClash, isFromDatabase } from './postgres-error.ts';

/** A migration may have to wait for another process that migrates, and may rewrite every row. */
const MIGRATION_TIMEOUT_MS = 60 * 60 * 1_000;

export const POSTGRES: Flavour = {
  writesAlone: false,
  text: sql`text collate "C"`,
  integer: sql`bigint`,
  tableOptions: sql``,
  entityTableOptions: sql``,
  idAmong: (column, ids) => sql<boolean>`${sql.ref(column)} = any(${ids})`,
  idParameters: (ids) => [ids],
  tupleAmong: (columns, tuples) => {
    const names = sql.join(columns.map((column) => sql.ref(column)));
    return sql<boolean>`(${names}) in (select * from unnest(${arraysOf(columns, tuples)}))`;
  },
  givenRows: (name, columns, rows) => {
    const names = sql.join(columns.map((column) => sql.ref(column)));
    return sql`unnest(${arraysOf(columns, rows)}) as ${sql.table(name)}(${names})`;
  },
  beginMigration: async (db) => {
    await sql`select set_config('statement_timeout', ${String(MIGRATION_TIMEOUT_MS)}, true),
      set_config('lock_timeout', ${String(MIGRATION_TIMEOUT_MS)}, true)`.execute(db);
    await lockName(db, 'migration');
    const { rows } = await sql<{ name: string }>`
      select (parse_ident(current_setting('search_path')))[1] as name`.execute(db);
    for (const { name } of rows) {
      await sql`create schema if not exists ${sql.id(name)}`.execute(db);
    }
  },
  guardAudit: guardAuditOnPostgres,
  lockName,
  isClash,
  endsTransaction: isFromDatabase,
};

/** Names are those of one organisation: of its schema, whether that is there yet or not. */
async function lockName(db: Transaction<ServerDatabase>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(
    hashtextextended(current_setting('search_path') || ' ' || ${name}, 0))`.execute(db);
}

/** One array for each column, of the type that its values have. */
function arraysOf(columns: readonly string[], rows: Tuples): RawBuilder<unknown> {
  return sql.join(
    columns.map((_, at) => {
      const values = rows.map((row) => row[at] ?? null);
      return values.some((value) => typeof value === 'number')
        ? sql`${values}::bigint[]`
        : sql`${values}::text[]`;
    }),
  );
}
