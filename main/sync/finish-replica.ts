import { type Scope, scopeKindOf } from '../../shared/sync/scope.ts';
import { breathe } from '../store/breathe.ts';
import { replicaSchema } from '../store/replica-schema.ts';
import { buildSearchIndex } from '../store/search/build-search-index.ts';
import { openWritable, translated, type WritableDatabase } from '../store/sqlite.ts';

/** Rows looked at per index, so that the statistics of a million rows take milliseconds. */
const ANALYSIS_ROWS = 1_000;
/** Less, and the indexes of a million rows are sorted on the disk. */
const CACHE_BYTES = 64 * 1024 * 1024;

/** Finishes a filled file that nobody writes meanwhile, here or in a thread of its own. */
export type FinishReplica = (file: string, scope: Scope, signal: AbortSignal) => Promise<void>;

/** Over a connection of its own. */
export const finishReplicaFile: FinishReplica = async (file, scope, signal) => {
  const db = openWritable(file, { durability: 'NORMAL', cacheBytes: CACHE_BYTES });
  try {
    await finishReplica(db, scope, signal);
    // The WAL goes back into the file here, not in the thread that serves people.
    translated(file, () => db.pragma('wal_checkpoint(TRUNCATE)'));
  } finally {
    db.close();
  }
};

/**
 * Gives a filled replica its indexes, its search index and the planner's statistics. Building them at the end is several
 * times faster than keeping them while rows come in. Killed half-way it is simply done again.
 */
export async function finishReplica(
  database: WritableDatabase,
  scope: Scope,
  signal: AbortSignal,
): Promise<void> {
  for (const index of replicaSchema(scopeKindOf(scope)).indexes) {
    database.exec(index);
    await breathe(signal);
  }
  if (scope === 'catalogue') {
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
