import { must } from '../../shared/domain/assert.ts';
import { addHash, BUCKET_COUNT, bucketOf, type Digest, rowHash } from '../../shared/sync/digest.ts';
import type { Replica } from './replica.ts';

/** Rows looked at between two breaths. */
const ROWS_PER_STEP = 5_000;

type Breathe = () => Promise<void>;

/** The digests of an entity's 256 buckets by what the rows really hold, not by the hashes kept beside them. */
export async function contentBuckets(
  replica: Replica,
  entity: string,
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

/** Puts the hash kept beside each row right, and returns the digest of the whole replica and its rows by entity. */
export async function rehash(
  replica: Replica,
  breathe: Breathe,
): Promise<{ digest: Digest; counts: Record<string, number> }> {
  const digest: Digest = { count: 0, sum: 0 };
  const counts: Record<string, number> = {};
  for (const entity of replica.entityNames()) {
    const table = replica.table(entity);
    const before = digest.count;
    for await (const { localId, hash, kept } of contentHashes(replica, entity, breathe)) {
      digest.count += 1;
      digest.sum = addHash(digest.sum, hash);
      if (kept !== hash) table.setHash(localId, hash);
    }
    counts[entity] = digest.count - before;
  }
  return { digest, counts };
}

export async function contentIds(
  replica: Replica,
  entity: string,
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
  entity: string,
  breathe: Breathe,
): AsyncGenerator<ContentHash> {
  const table = replica.table(entity);
  let last = 0;
  for (;;) {
    const rows = table.contentAfter(last, ROWS_PER_STEP);
    for (const { localId, values, version, kept } of rows) {
      yield { localId, id: String(values[0]), hash: rowHash(entity, values, version), kept };
      last = localId;
    }
    if (rows.length < ROWS_PER_STEP) return;
    await breathe();
  }
}
