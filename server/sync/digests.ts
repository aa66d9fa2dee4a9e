import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { TallymanError } from '../../shared/errors.ts';
import {
  addHash,
  BUCKET_COUNT,
  type Digest,
  DIGEST_MODULUS,
  EMPTY_DIGEST,
} from '../../shared/sync/digest.ts';
import type { DigestsInput, DigestsOutput } from '../../shared/sync/protocol.ts';
import { scopeKindOf } from '../../shared/sync/scope.ts';
import { type EntityStorage, storagesOf } from '../store/entity-storage.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { admit, type Asker } from './admission.ts';
import { bucketOfEntry, SCAN_STEP_ENTRIES, scanStep } from './change-scan.ts';
import { readVisibleState } from './scope-state.ts';

/** The sums of 256 buckets for every entity of a scope, so that a laptop that differs learns where. */
export async function digests(
  { store, actor }: Asker,
  input: DigestsInput,
): Promise<DigestsOutput> {
  admit(store, input);
  const { scope } = input;
  return store.slowReader.transaction().execute(async (db) => {
    const state = await readVisibleState(db, actor, scope);
    if (state === null) throw unknownScope(scope);
    const entities = [];
    for (const storage of storagesOf(scopeKindOf(scope))) {
      const buckets = await bucketsOf(db, state.scopeId, storage);
      entities.push({ entity: storage.definition.name, buckets });
    }
    return { epoch: state.epoch, version: state.version, entities };
  });
}

export function unknownScope(scope: string): TallymanError {
  return new TallymanError('NOT_FOUND', 'This server has no such scope.', { details: { scope } });
}

async function bucketsOf(
  db: Kysely<ServerDatabase>,
  scopeId: number,
  { place }: EntityStorage,
): Promise<readonly Digest[]> {
  const buckets = Array.from({ length: BUCKET_COUNT }, () => EMPTY_DIGEST);
  let afterId = '';
  for (;;) {
    const step = scanStep(db, { scopeId, entity: place, afterId });
    const sums = await db
      .selectFrom(step.as('step'))
      .select((entry) => [
        bucketOfEntry.as('bucket'),
        entry.fn.countAll<number>().as('count'),
        // Exact in SQL's 64 bits; only the remainder fits a JavaScript number.
        sql<number>`sum(row_hash) % ${DIGEST_MODULUS}`.as('sum'),
        entry.fn.max('id').as('last'),
      ])
      .groupBy(bucketOfEntry)
      .execute();
    let entries = 0;
    for (const { bucket, count, sum, last } of sums) {
      const at = Number.parseInt(bucket, 16);
      const before = buckets[at] ?? EMPTY_DIGEST;
      buckets[at] = { count: before.count + count, sum: addHash(before.sum, sum) };
      entries += count;
      if (last > afterId) afterId = last;
    }
    if (entries < SCAN_STEP_ENTRIES) return buckets;
    await nextTurn();
  }
}
