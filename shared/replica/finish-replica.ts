import { type Scope, scopeKindOf } from '../sync/scope.ts';
import { replicaSchema } from './replica-schema.ts';
import { buildSearchIndex } from './search/build-search-index.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Rows looked at per index, so that the statistics of a million rows take milliseconds. */
const ANALYSIS_ROWS = 1_000;

/**
 * Gives a filled replica its indexes, its search index and the planner's statistics. Building them at the end is several
 * times faster than keeping them while rows come in. Yields after every bounded step, but for each index, which is one.
 * Stopped half-way it is simply done again.
 */
export function* finishReplica(db: SqlDatabase, scope: Scope): Generator<void, void, void> {
  for (const index of replicaSchema(scopeKindOf(scope)).indexes) {
    db.exec(index);
    yield;
  }
  if (scope === 'catalogue') yield* buildSearchIndex(db);
  db.pragma(`analysis_limit = ${ANALYSIS_ROWS}`);
  db.exec('ANALYZE');
}
