import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, crc32, zstdCompress } from 'node:zlib';
import { SNAPSHOT_CHUNK_BYTES, type SnapshotChunk } from '../../shared/sync/snapshot.ts';

const ZSTD_LEVEL = 9;

export interface PackedFile {
  hash: string;
  bytes: number;
  plainBytes: number;
  chunks: SnapshotChunk[];
}

/** Compresses a file chunk by chunk into another, which is on the disk when this returns. */
export async function packFile(
  from: string,
  to: string,
  { signal, level = ZSTD_LEVEL }: { signal: AbortSignal; level?: number | undefined },
): Promise<PackedFile> {
  await using plain = await open(from, 'r');
  await using packed = await open(to, 'wx');
  const names = createHash('sha256');
  const chunks: SnapshotChunk[] = [];
  for await (const chunk of chunksOf(plain)) {
    signal.throwIfAborted();
    const frame = await compress(chunk, level);
    await packed.appendFile(frame);
    const sha256 = createHash('sha256').update(frame).digest('hex');
    names.update(sha256);
    chunks.push({
      bytes: frame.length,
      sha256,
      plainBytes: chunk.length,
      plainCrc32: crc32(chunk),
    });
  }
  await packed.sync();
  return {
    hash: names.digest('hex'),
    bytes: chunks.reduce((sum, chunk) => sum + chunk.bytes, 0),
    plainBytes: chunks.reduce((sum, chunk) => sum + chunk.plainBytes, 0),
    chunks,
  };
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer, void, void> {
  const buffer = Buffer.allocUnsafe(SNAPSHOT_CHUNK_BYTES);
  for (;;) {
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    if (filled > 0) yield buffer.subarray(0, filled);
    if (filled < buffer.length) return;
  }
}

function compress(chunk: Buffer, level: number): Promise<Buffer> {
  return promisify(zstdCompress)(chunk, {
    params: { [constants.ZSTD_c_compressionLevel]: level },
  });
}
