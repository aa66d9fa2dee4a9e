import { must } from '../../shared/domain/assert.ts';
import type { StoredValue } from '../../shared/entities/define-entity.ts';
import { entitiesOf, type EntityName } from '../../shared/entities/registry.ts';
import { addHash, BUCKET_COUNT, bucketOf, type Digest, rowHash } from '../../shared/sync/digest.ts';
import { scopeKindOf } from '../../shared/sync/scope.ts';
import type { Replica } from './replica.ts';

/** Rows looked at between two breaths. */
const ROWS_PER_STEP = 5_000;

type Breathe = () => Promise<void>;

/** The digests of an entity's 256 buckets by what the rows really hold, not by the hashes kept beside them. */
export async function contentBuckets(
  replica: Replica,
  entity: EntityName,
  breathe: Breathe,
): Promise<Digest[]> {
  const buckets = Array.from({ length: BUCKET_COUNT }, (): Digest => ({ count: 0, sum: 0 }));
  for await (const { id, hash } of contentHashes(replica, entity, breathe)) {
    const bucket = must(buckets[bucketOf(id)], `the bucket of ${id}`);
    bucket.count += 1;
    bucket.sum = addHash(bucket.sum, hash);
  }
  return buckets;
}

/** Puts the hash kept beside each row right, and returns the digest of the whole replica. */
export async function rehash(replica: Replica, breathe: Breathe): Promise<Digest> {
  const total: Digest = { count: 0, sum: 0 };
  for (const { name: entity } of entitiesOf(scopeKindOf(replica.state.scope))) {
    const update = replica.database.prepare(`UPDATE ${entity} SET row_hash = ? WHERE local_id = ?`);
    for await (const { localId, hash, kept } of contentHashes(replica, entity, breathe)) {
      total.count += 1;
      total.sum = addHash(total.sum, hash);
      if (kept !== hash) update.run(hash, localId);
    }
  }
  return total;
}

export async function contentIds(
  replica: Replica,
  entity: EntityName,
  breathe: Breathe,
): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of contentHashes(replica, entity, breathe)) ids.push(id);
  return ids;
}

interface ContentHash {
  localId: number;
  id: string;
  hash: number;
  kept: number;
}

async function* contentHashes(
  replica: Replica,
  entity: EntityName,
  breathe: Breathe,
): AsyncGenerator<ContentHash> {
  const columns = replica.table(entity).entity.columns.map((column) => column.name);
  const step = replica.database
    .prepare(
      `SELECT ${columns.join(', ')}, row_version, local_id, row_hash FROM ${entity}
       WHERE local_id > ? ORDER BY local_id LIMIT ${ROWS_PER_STEP}`,
    )
    .raw();
  let last = 0;
  for (;;) {
    const rows = step.all(last) as StoredValue[][];
    for (const row of rows) {
      const [version, localId, kept] = row.slice(columns.length) as [number, number, number];
      const values = row.slice(0, columns.length);
      yield { localId, id: String(values[0]), hash: rowHash(entity, values, version), kept };
      last = localId;
    }
    if (rows.length < ROWS_PER_STEP) return;
    await breathe();
  }
}
