import { PostgresAdapter, type QueryExecutorProvider } from 'kysely';
import type { Flavour } from './flavour.ts';
import { POSTGRES } from './postgres-flavour.ts';
import { SQLITE } from './sqlite-flavour.ts';

/** Of the engine behind a database or a transaction. */
export function flavourOf(db: QueryExecutorProvider): Flavour {
  return db.getExecutor().adapter instanceof PostgresAdapter ? POSTGRES : SQLITE;
}
