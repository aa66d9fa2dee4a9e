import { TallymanError } from '../../../shared/errors.ts';
import type { SnapshotChunk, SnapshotManifest } from '../../../shared/sync/snapshot.ts';
import type { SyncServer } from '../sync-server.ts';

/** A connection that brings fewer bytes before it breaks is none, and the run is tried again later. */
const CONNECTION_BYTES_MIN = 64 * 1024;

export interface CompressedChunk {
  at: number;
  chunk: SnapshotChunk;
  bytes: Uint8Array<ArrayBuffer>;
}

interface Gathered {
  bytes: Uint8Array<ArrayBuffer>;
  filled: number;
}

/**
 * The chunks of a snapshot from one on, as they come in one request. A connection that breaks is taken up again at once,
 * at the very byte, as long as it brings something. Who takes chunks slowly slows the sender down: one is gathered here.
 */
export async function* compressedChunks(
  server: Pick<SyncServer, 'snapshotBytes'>,
  manifest: SnapshotManifest,
  { from, signal }: { from: number; signal: AbortSignal },
): AsyncGenerator<CompressedChunk, void, void> {
  const { chunks } = manifest;
  const start = chunks.slice(0, from).reduce((sum, { bytes }) => sum + bytes, 0);
  let at = from;
  let gathered: Gathered | null = null;
  for await (const piece of unbrokenBytes(server, manifest, { start, signal })) {
    for (let read = 0; read < piece.length;) {
      const chunk = chunks[at];
      if (!chunk) throw brokenOff('sent more than the snapshot');
      gathered ??= { bytes: new Uint8Array(chunk.bytes), filled: 0 };
      const part = piece.subarray(read, read + chunk.bytes - gathered.filled);
      gathered.bytes.set(part, gathered.filled);
      gathered.filled += part.length;
      read += part.length;
      if (gathered.filled < chunk.bytes) continue;
      yield { at, chunk, bytes: gathered.bytes };
      gathered = null;
      at += 1;
    }
  }
}

async function* unbrokenBytes(
  server: Pick<SyncServer, 'snapshotBytes'>,
  { hash, bytes }: SnapshotManifest,
  { start, signal }: { start: number; signal: AbortSignal },
): AsyncGenerator<Uint8Array, void, void> {
  let at = start;
  while (at < bytes) {
    const connectedAt = at;
    try {
      for await (const piece of server.snapshotBytes(hash, at, signal)) {
        at += piece.length;
        yield piece;
      }
      if (at < bytes) throw brokenOff('broke off in the middle of a download');
    } catch (error) {
      if (!isBreak(error) || at - connectedAt < CONNECTION_BYTES_MIN) throw error;
    }
  }
}

function isBreak(error: unknown): boolean {
  return (
    error instanceof TallymanError &&
    (error.code === 'SERVER_UNREACHABLE' || error.code === 'SERVER_TIMEOUT')
  );
}

function brokenOff(what: string): TallymanError {
  return new TallymanError('SERVER_UNREACHABLE', `The server ${what}.`);
}
