import { finishReplica } from '../../shared/replica/finish-replica.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import { breathe } from '../store/breathe.ts';
import {
  openWritable,
  translated,
  translatedError,
  type WritableDatabase,
} from '../store/sqlite.ts';

/** Less, and the indexes of a million rows are sorted on the disk. */
const CACHE_BYTES = 64 * 1024 * 1024;

/** Finishes a filled file that nobody writes meanwhile, here or in a thread of its own. */
export type FinishReplica = (file: string, scope: Scope, signal: AbortSignal) => Promise<void>;

/** Over a connection of its own. */
export const finishReplicaFile: FinishReplica = async (file, scope, signal) => {
  const db = openWritable(file, { durability: 'NORMAL', cacheBytes: CACHE_BYTES });
  try {
    await finishInSteps(db, scope, signal).catch((error: unknown) => {
      throw translatedError(file, error);
    });
    // The WAL goes back into the file here, not in the thread that serves people.
    translated(file, () => db.pragma('wal_checkpoint(TRUNCATE)'));
  } finally {
    db.close();
  }
};

/** Gives a filled replica its indexes, serving others between the steps. */
export async function finishInSteps(
  database: WritableDatabase,
  scope: Scope,
  signal: AbortSignal,
): Promise<void> {
  const steps = finishReplica(database, scope);
  try {
    while (steps.next().done !== true) await breathe(signal);
  } finally {
    steps.return();
  }
}
