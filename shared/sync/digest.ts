import type { StoredValue } from '../entities/define-entity.ts';

/**
 * The exact additive digest of a scope: every row has a 40-bit hash of its entity, id, version and content, and a set of
 * rows has the sum of the hashes modulo 2^40 and their count. Adding, changing or removing a row changes the sum in O(1), in
 * any order, so both sides keep theirs in the transaction of the rows and compare one number. (Idea: PowerSync's
 * per-bucket checksums. 40 bits, because SQLite's exact `SUM` then cannot overflow below eight million rows.)
 *
 * It finds lost, doubled and damaged rows. It is no protection against somebody who forges rows on purpose.
 */
export interface Digest {
  count: number;
  /** Sum of the row hashes modulo 2^40. */
  sum: number;
}

export const DIGEST_MODULUS = 2 ** 40;
export const EMPTY_DIGEST: Digest = { count: 0, sum: 0 };

/** Rows of an entity fall into this many buckets by the last two hex digits of their id, which are random in a UUIDv7. */
export const BUCKET_COUNT = 256;

export function bucketOf(id: string): number {
  return Number.parseInt(id.slice(-2), 16);
}

export function addHash(sum: number, hash: number): number {
  return (sum + hash) % DIGEST_MODULUS;
}

export function subtractHash(sum: number, hash: number): number {
  return (sum - hash + DIGEST_MODULUS) % DIGEST_MODULUS;
}

export function sameDigest(a: Digest, b: Digest): boolean {
  return a.count === b.count && a.sum === b.sum;
}

/**
 * 40-bit hash of a row in its stored form. `values` are the columns in entity order, `id` first; `version` is the scope
 * version at which the row last changed. Two lanes of multiply-xor over UTF-16 units with a type mark before each value,
 * so that null, 0, "0" and "" all differ. (After bryc's cyrb53, public domain.)
 */
export function rowHash(entity: string, values: readonly StoredValue[], version: number): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  const mixText = (text: string): void => {
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      a = Math.imul(a ^ unit, 2654435761);
      b = Math.imul(b ^ unit, 1597334677);
    }
  };
  const mixMark = (mark: number): void => {
    a = Math.imul(a ^ mark, 2246822507);
    b = Math.imul(b ^ mark, 3266489909);
  };
  mixText(entity);
  mixMark(VERSION_MARK);
  mixText(String(version));
  for (const value of values) {
    if (value === null) mixMark(NULL_MARK);
    else if (typeof value === 'number') {
      mixMark(INTEGER_MARK);
      // Minus zero and zero are one value in every store.
      mixText(String(value === 0 ? 0 : value));
    } else {
      mixMark(TEXT_MARK);
      mixText(value);
    }
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (b & 0xff) * 2 ** 32 + (a >>> 0);
}

/** Outside the range of UTF-16 units, so that no text can look like a mark. */
const NULL_MARK = 0x1_0001;
const INTEGER_MARK = 0x1_0002;
const TEXT_MARK = 0x1_0003;
const VERSION_MARK = 0x1_0004;
