import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { TallymanError } from '../../shared/errors.ts';
import type { BucketRowsInput, BucketRowsOutput } from '../../shared/sync/protocol.ts';
import { scopeKindOf } from '../../shared/sync/scope.ts';
import { type EntityStorage, storagesOf } from '../store/entity-storage.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { admit, type Asker } from './admission.ts';
import { SCAN_STEP_ENTRIES, scanStep } from './change-scan.ts';
import { unknownScope } from './digests.ts';
import { readEntityPage } from './entity-page.ts';
import { readVisibleState } from './scope-state.ts';

/** The rows of some buckets of an entity, in the order of ids, so that a laptop mends only what differs. */
export async function bucketRows(
  { store, actor }: Asker,
  input: BucketRowsInput,
): Promise<BucketRowsOutput> {
  admit(store, input);
  const storage = storageIn(input);
  return store.slowReader.transaction().execute(async (db) => {
    const state = await readVisibleState(db, actor, input.scope);
    if (state === null) throw unknownScope(input.scope);
    const found = await findIds(db, { ...input, scopeId: state.scopeId, entity: storage.place });
    const more = found.length > input.maxRows;
    const ids = more ? found.slice(0, input.maxRows) : found;
    return {
      epoch: state.epoch,
      version: state.version,
      page: await readEntityPage(db, storage.place, { ids, deletes: [] }),
      more,
    };
  });
}

function storageIn({ entity, scope }: BucketRowsInput): EntityStorage {
  const storage = storagesOf(scopeKindOf(scope)).find((one) => one.definition.name === entity);
  if (storage === undefined) {
    throw new TallymanError('BAD_INPUT', 'This scope has no such entity.', { details: { entity } });
  }
  return storage;
}

interface BucketSearch {
  scopeId: number;
  entity: number;
  buckets: readonly number[];
  afterId: string | null;
  maxRows: number;
}

/** One more id than asked for, if there are as many. */
async function findIds(db: Kysely<ServerDatabase>, search: BucketSearch): Promise<string[]> {
  const { scopeId, entity, maxRows } = search;
  const wanted = new Set(search.buckets.map((bucket) => bucket.toString(16).padStart(2, '0')));
  const ids: string[] = [];
  let afterId = search.afterId ?? '';
  for (;;) {
    const step = await scanStep(db, { scopeId, entity, afterId }).execute();
    for (const { id } of step) if (wanted.has(id.slice(-2))) ids.push(id);
    const last = step.at(-1);
    if (ids.length > maxRows || last === undefined || step.length < SCAN_STEP_ENTRIES) {
      return ids.slice(0, maxRows + 1);
    }
    afterId = last.id;
    await nextTurn();
  }
}
