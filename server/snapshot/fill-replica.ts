import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { createReplica } from '../../shared/replica/create-replica.ts';
import { EntityTable } from '../../shared/replica/entity-table.ts';
import { finishReplica } from '../../shared/replica/finish-replica.ts';
import { type ReplicaState, writeState } from '../../shared/replica/replica-state.ts';
import type { SqlDatabase } from '../../shared/replica/sql-database.ts';
import { TallymanError } from '../../shared/errors.ts';
import { assert } from '../../shared/domain/assert.ts';
import { addHash, type Digest, EMPTY_DIGEST, sameDigest } from '../../shared/sync/digest.ts';
import type { WireRow } from '../../shared/sync/row-check.ts';
import { type Scope, scopeKindOf } from '../../shared/sync/scope.ts';
import { type EntityStorage, storagesOf } from '../store/entity-storage.ts';
import type { SnapshotSource } from '../store/open-store.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { scanStep } from '../sync/change-scan.ts';
import { readEntityPage } from '../sync/entity-page.ts';
import { readScopeState } from '../sync/scope-state.ts';

/** A few megabytes of rows are in memory at once. */
const ROWS_PER_PAGE = 2_000;

export interface FillOptions {
  source: SnapshotSource;
  scope: Scope;
  signal: AbortSignal;
}

/**
 * Fills an empty file with a whole scope at one version, as a laptop would have it after a first sync: complete, with all
 * indexes. The rows are read from one snapshot of the database, which is let go before the indexes are built, so that
 * the server's write-ahead log is held up for seconds only.
 */
export async function fillReplica(
  db: SqlDatabase,
  { source, scope, signal }: FillOptions,
): Promise<ReplicaState> {
  const filled = await source.reader
    .transaction()
    .execute((reader) => copyRows(db, { reader, source, scope, signal }));
  for (const _ of finishReplica(db, scope)) {
    await nextTurn();
    signal.throwIfAborted();
  }
  writeState(db, filled);
  return filled;
}

async function copyRows(
  db: SqlDatabase,
  { reader, source, scope, signal }: FillOptions & { reader: Kysely<ServerDatabase> },
): Promise<ReplicaState> {
  const state = await readScopeState(reader, scope);
  if (state === null) throw new TallymanError('UNKNOWN_SITE', `There is no scope ${scope}.`);
  const { scopeId, epoch, version, rowCount, rowSum } = state;
  const created = createReplica(db, { scope, serverId: source.serverId, epoch });
  let digest = EMPTY_DIGEST;
  const counts: Record<string, number> = {};
  db.exec('BEGIN');
  for (const storage of storagesOf(scopeKindOf(scope))) {
    const table = new EntityTable(db, storage.definition);
    const before = digest.count;
    for await (const rows of pagesOf(reader, scopeId, storage)) {
      digest = putRows(table, rows, digest);
      await nextTurn();
      signal.throwIfAborted();
    }
    counts[storage.definition.name] = digest.count - before;
  }
  db.exec('COMMIT');
  if (!sameDigest(digest, { count: rowCount, sum: rowSum })) {
    throw new TallymanError(
      'DIGEST_MISMATCH',
      `The rows of ${scope} are not those that its digest tells of, so no snapshot was made.`,
      { details: { scope, rows: digest.count, expected: rowCount } },
    );
  }
  return { ...created, version, digest, counts, complete: true };
}

/** By id and by way of the change index, which knows the rows of a scope in every engine without a scan of the table. */
async function* pagesOf(
  reader: Kysely<ServerDatabase>,
  scopeId: number,
  { place }: EntityStorage,
): AsyncGenerator<EntityRows, void, void> {
  for (let afterId = ''; ;) {
    const step = await scanStep(reader, { scopeId, entity: place, afterId }).execute();
    for (let at = 0; at < step.length; at += ROWS_PER_PAGE) {
      const ids = step.slice(at, at + ROWS_PER_PAGE).map(({ id }) => id);
      yield (await readEntityPage(reader, place, { ids, deletes: [] })).rows;
    }
    const last = step.at(-1);
    if (last === undefined) return;
    afterId = last.id;
  }
}
type EntityRows = readonly WireRow[];

function putRows(table: EntityTable, rows: EntityRows, digest: Digest): Digest {
  let { count, sum } = digest;
  for (const row of rows) {
    const put = table.put(row, false);
    assert(put !== null && put.replacedHash === null, 'the change index names a row once');
    count += 1;
    sum = addHash(sum, put.hash);
  }
  return { count, sum };
}
