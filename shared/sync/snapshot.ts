import { z } from 'zod';
import { scopeField } from './scope.ts';

/**
 * A snapshot is a whole replica file, search index included, as it was at one version of its scope, cut into chunks that
 * are compressed each by itself. A laptop can so check and unpack every chunk as it comes, and go on with any of them
 * after a break. (Ideas: Couchbase Lite's prebuilt databases, Electric's immutable chunks behind caches.)
 */

/** Chunks are this long before compression, but for the last: a few are in memory at once, and none blocks for long. */
export const SNAPSHOT_CHUNK_BYTES = 4 * 1024 * 1024;
/** Of one chunk as it travels; zstd makes what it cannot compress a little longer. */
const CHUNK_BYTES_MAX = SNAPSHOT_CHUNK_BYTES + 64 * 1024;
/** 40 GB of replica: far beyond any warehouse, and it bounds what a manifest can make a laptop do. */
const CHUNKS_MAX = 10_000;

/** Scopes with fewer rows have none: their pages are here before a snapshot could be asked for. */
export const SNAPSHOT_ROWS_MIN = 20_000;
const hashField = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256');

const snapshotChunkField = z.strictObject({
  /** As it travels: one zstd frame. */
  bytes: z.int().min(1).max(CHUNK_BYTES_MAX),
  /** Of these bytes, in hex. */
  sha256: hashField,
  /** Unpacked. */
  plainBytes: z.int().min(1).max(SNAPSHOT_CHUNK_BYTES),
  /** CRC-32 of the unpacked bytes: tells after a break which parts of a half-written file are good. */
  plainCrc32: z.int().min(0).max(0xffffffff),
});
export type SnapshotChunk = z.output<typeof snapshotChunkField>;

export const snapshotManifestField = z.strictObject({
  /** SHA-256 over the hashes of the chunks, in hex. It names the snapshot: `/snapshots/<hash>` never changes. */
  hash: hashField,
  scope: scopeField,
  epoch: z.uuid(),
  /** Of the scope. */
  version: z.int().min(0),
  /** Of the replica's tables: a laptop can only open a file that was made for its own entity definitions. */
  fingerprint: z.string().max(64),
  digest: z.strictObject({ count: z.int().min(0), sum: z.int().min(0) }),
  /** Of all chunks, as they travel and unpacked. */
  bytes: z.int().min(1),
  plainBytes: z.int().min(1),
  /** In the order of the file. */
  chunks: z.array(snapshotChunkField).min(1).max(CHUNKS_MAX),
  /** UTC epoch milliseconds. */
  builtAt: z.int().min(0),
});
export type SnapshotManifest = z.output<typeof snapshotManifestField>;

export const snapshotInput = z.strictObject({
  protocol: z.int().min(0),
  /** What the laptop believes it is talking to; null on first contact. */
  serverId: z.uuid().nullable(),
  scope: scopeField,
  fingerprint: z.string().max(64),
});
export type SnapshotInput = z.output<typeof snapshotInput>;

export interface SnapshotOutput {
  serverId: string;
  /** Null if there is none that this laptop could use. A server that should have one then begins to build it. */
  manifest: SnapshotManifest | null;
}

/** Where the chunks are, one after another in one immutable file that answers to ranges. */
export function snapshotPath(hash: string): string {
  return `/snapshots/${hash}`;
}

/** What a row is on the way in a page of 5,000, compressed; measured on a million real products. */
const PAGE_BYTES_PER_ROW = 30;
/** Until a download has shown more. */
const BYTES_PER_SECOND_ASSUMED = 12_500_000;

/** What it takes to bring rows by pages; measured, with their indexes and their search documents. */
export const ROWS_PER_SECOND = {
  /** Into an empty file, whose indexes are built at the end. */
  filling: 20_000,
  /** Into a file that is in use. */
  changing: 2_500,
} as const;

export interface PagesInstead {
  /** Rows and deletes that pages would have to bring. */
  rowsLacking: number;
  rowsPerSecond: number;
}

/**
 * Whether so many bytes of a snapshot are here before the pages would be. A snapshot is three times as many bytes as the
 * pages of its rows, because it brings its indexes along, and next to no work: it wins from about 15 Mbit/s on.
 */
export function isSnapshotCheaper(
  bytes: number,
  { rowsLacking, rowsPerSecond }: PagesInstead,
  bytesPerSecond: number = BYTES_PER_SECOND_ASSUMED,
): boolean {
  if (rowsLacking < SNAPSHOT_ROWS_MIN) return false;
  const onTheWay = (rowsLacking * PAGE_BYTES_PER_ROW) / bytesPerSecond;
  return bytes / bytesPerSecond <= Math.max(onTheWay, rowsLacking / rowsPerSecond);
}
