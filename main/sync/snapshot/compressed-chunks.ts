import { TallymanError } from '../../../shared/errors.ts';
import type { SnapshotChunk, SnapshotManifest } from '../../../shared/sync/snapshot.ts';
import type { SyncServer } from '../sync-server.ts';

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
 * The chunks of a snapshot from one on, as they come in one request. Throws SERVER_UNREACHABLE if the bytes end too early.
 * Who takes them slowly slows the sender down: only one chunk is gathered here.
 */
export async function* compressedChunks(
  server: Pick<SyncServer, 'snapshotBytes'>,
  { hash, chunks }: SnapshotManifest,
  { from, signal }: { from: number; signal: AbortSignal },
): AsyncGenerator<CompressedChunk, void, void> {
  const start = chunks.slice(0, from).reduce((sum, { bytes }) => sum + bytes, 0);
  let at = from;
  let gathered: Gathered | null = null;
  for await (const piece of server.snapshotBytes(hash, start, signal)) {
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
  if (at < chunks.length) throw brokenOff('broke off in the middle of a download');
}

function brokenOff(what: string): TallymanError {
  return new TallymanError('SERVER_UNREACHABLE', `The server ${what}.`);
}
