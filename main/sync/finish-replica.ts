import { scopeKindOf } from '../../shared/sync/scope.ts';
import type { Replica } from '../store/replica.ts';
import { replicaSchema } from '../store/replica-schema.ts';
import { buildSearchIndex } from '../store/search/build-search-index.ts';
import { breathe } from '../store/breathe.ts';

/** Rows looked at per index, so that the statistics of a million rows take milliseconds. */
const ANALYSIS_ROWS = 1_000;

/**
 * Gives a filled replica its indexes, its search index and the planner's statistics. Building them at the end is several
 * times faster than keeping them while rows come in. Killed half-way it is simply done again.
 */
export async function finishReplica(replica: Replica, signal: AbortSignal): Promise<void> {
  const { database, state } = replica;
  for (const index of replicaSchema(scopeKindOf(state.scope)).indexes) {
    database.exec(index);
    await breathe(signal);
  }
  if (state.scope === 'catalogue') {
    const steps = buildSearchIndex(database);
    try {
      while (steps.next().done !== true) await breathe(signal);
    } finally {
      steps.return();
    }
  }
  database.pragma(`analysis_limit = ${ANALYSIS_ROWS}`);
  database.exec('ANALYZE');
}
