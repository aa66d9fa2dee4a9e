import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { TallymanError } from '../../../shared/errors.ts';
import {
  isSnapshotCheaper,
  type PagesInstead,
  type SnapshotChunk,
  type SnapshotManifest,
} from '../../../shared/sync/snapshot.ts';
import type { RunContext } from '../run-context.ts';
import { type CompressedChunk, compressedChunks } from './compressed-chunks.ts';
import type { PartFile } from './part-file.ts';
import { SnapshotUnusable } from './snapshot-unusable.ts';

/** Chunks that are checked, unpacked and written while the next one comes: one for each step, at most 25 MB. */
const CHUNKS_AT_WORK = 3;

/** Shorter, and the start of a connection would be taken for all of it. */
const SPEED_SHOWS_AFTER_MS = 3_000;

/** Beyond what a chunk unpacks to. */
const SLACK_BYTES = 1_024;

/** A chunk that did not arrive as the manifest says. */
class ChunkDamaged extends Error {
  override readonly name = 'ChunkDamaged';
}

export interface SnapshotChoice {
  manifest: SnapshotManifest;
  /** What was not chosen, for if the network turns out to be slow. */
  instead: PagesInstead;
}

const unpack = promisify(zstdDecompress);

/**
 * Brings all chunks of a snapshot into its file and the file to the disk. Bytes stream in one request; hashing, unpacking
 * and writing happen in Node's thread pool, so that the data worker goes on serving people. Throws SnapshotUnusable if a
 * chunk is wrong twice, or if the network is so slow that pages are here before.
 */
export async function downloadSnapshot(
  context: RunContext,
  { manifest, instead }: SnapshotChoice,
  part: PartFile,
): Promise<void> {
  const { chunks } = manifest;
  const progress = rowsByBytes(context, manifest);
  let held = await part.chunksHeld(context.signal);
  progress(held);
  const assertQuick = quickEnough(context, manifest, { instead, from: held });
  let isSecondTry = false;
  while (held < chunks.length) {
    try {
      for await (const at of storedChunks(context, manifest, { part, from: held })) {
        held = at + 1;
        isSecondTry = false;
        progress(held);
        assertQuick(held);
      }
    } catch (error) {
      if (!(error instanceof ChunkDamaged)) throw translated(error);
      if (isSecondTry) throw new SnapshotUnusable(error.message, { cause: error });
      isSecondTry = true;
    }
  }
  await part.flush();
}

/** Stores chunks from one on, and yields their places in order. */
async function* storedChunks(
  { server, signal }: RunContext,
  manifest: SnapshotManifest,
  { part, from }: { part: PartFile; from: number },
): AsyncGenerator<number, void, void> {
  const atWork: Promise<number>[] = [];
  try {
    for await (const chunk of compressedChunks(server, manifest, { from, signal })) {
      const stored = store(chunk, part);
      // Its failure is met in its turn.
      stored.catch(() => undefined);
      atWork.push(stored);
      if (atWork.length >= CHUNKS_AT_WORK) yield await (atWork.shift() as Promise<number>);
    }
    while (atWork.length > 0) yield await (atWork.shift() as Promise<number>);
  } finally {
    // Nobody may still be writing when the file is closed.
    await Promise.allSettled(atWork);
  }
}

async function store({ at, chunk, bytes }: CompressedChunk, part: PartFile): Promise<number> {
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  if (hash !== chunk.sha256) throw new ChunkDamaged(`Chunk ${at} is not what the manifest says.`);
  const plain = await unpacked(bytes, chunk.plainBytes);
  if (plain.length !== chunk.plainBytes) throw new ChunkDamaged(`Chunk ${at} is too short.`);
  await part.write(at, plain);
  return at;
}

async function unpacked(bytes: Uint8Array<ArrayBuffer>, plainBytes: number): Promise<Buffer> {
  try {
    // In one piece: Node would else unpack 64 KB at a time, with a way through the thread pool for each. And with room
    // left, or it makes a second buffer as large to see whether more comes: that took twice the time.
    const chunkSize = plainBytes + SLACK_BYTES;
    return await unpack(bytes, { chunkSize, maxOutputLength: plainBytes });
  } catch (cause) {
    throw new ChunkDamaged('A chunk does not unpack to what the manifest says.', { cause });
  }
}

/** Looks at the speed of this download so far, once it has gone on for long enough to show. */
function quickEnough(
  { now }: RunContext,
  { chunks }: SnapshotManifest,
  { instead, from }: { instead: PagesInstead; from: number },
) {
  const startedAt = now();
  const bytesOf = (some: readonly SnapshotChunk[]): number =>
    some.reduce((sum, { bytes }) => sum + bytes, 0);
  return (held: number): void => {
    const elapsed = now() - startedAt;
    if (elapsed < SPEED_SHOWS_AFTER_MS) return;
    const bytesPerSecond = (bytesOf(chunks.slice(from, held)) / elapsed) * 1_000;
    if (!isSnapshotCheaper(bytesOf(chunks.slice(held)), instead, bytesPerSecond)) {
      throw new SnapshotUnusable('The network is too slow for it.');
    }
  };
}

/** People are told rows, which come with the bytes. In the end it is exactly all of them. */
function rowsByBytes(context: RunContext, { chunks, digest, plainBytes }: SnapshotManifest) {
  let told = 0;
  return (held: number): void => {
    const bytes = chunks.slice(0, held).reduce((sum, chunk) => sum + chunk.plainBytes, 0);
    const rows = Math.floor((digest.count * bytes) / plainBytes);
    context.report.rowsReceived(rows - told);
    told = rows;
  };
}

function translated(error: unknown): unknown {
  if (!(error instanceof TallymanError) || error.code !== 'NOT_FOUND') return error;
  // The next try asks for the newest.
  return new TallymanError('SERVER_BUSY', 'The server has put a newer snapshot in its place.', {
    cause: error,
  });
}
