import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { OPERATION_PUT, type ServerDatabase } from '../store/server-database.ts';

/** Entries looked at in one go, about 20 ms of work; other requests are served between steps. */
export const SCAN_STEP_ENTRIES = 20_000;

export interface ScanPosition {
  scopeId: number;
  entity: number;
  afterId: string;
}

/** The next entries of the rows that an entity has in a scope, in the order of ids. */
export function scanStep(
  db: Kysely<ServerDatabase>,
  { scopeId, entity, afterId }: ScanPosition,
): SelectQueryBuilder<ServerDatabase, 'sync_change', { id: string; row_hash: number | null }> {
  return db
    .selectFrom('sync_change')
    .select(['id', 'row_hash'])
    .where('scope_id', '=', scopeId)
    .where('entity', '=', entity)
    .where('operation', '=', OPERATION_PUT)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(SCAN_STEP_ENTRIES);
}

/** The same as `bucketOf(id)` in hex: the last two digits of an id. */
export const bucketOfEntry = sql<string>`substr(id, 35, 2)`;
