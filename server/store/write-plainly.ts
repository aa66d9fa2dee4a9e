import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { flavourOf } from './engine/flavour-of.ts';
import type { ServerStore } from './open-store.ts';
import type { ServerDatabase } from './server-database.ts';

/** Of short transactions that touch few rows. */
const CLASHES_MAX = 5;
const CLASH_WAIT_MS = 20;

/**
 * A write transaction over tables that are no entity's. It runs again if it clashes with another one, so `work` must not
 * keep anything of an earlier run.
 */
export async function writePlainly<T>(
  store: Pick<ServerStore, 'writer' | 'random'>,
  work: (db: Transaction<ServerDatabase>) => Promise<T>,
): Promise<T> {
  for (let clashes = 0; ; clashes++) {
    try {
      return await store.writer.transaction().execute(work);
    } catch (error) {
      if (clashes >= CLASHES_MAX || !flavourOf(store.writer).isClash(error)) throw error;
      await sleep(CLASH_WAIT_MS * 2 ** clashes * store.random());
    }
  }
}
