import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, zstdDecompressSync } from 'node:zlib';
import { expect } from 'vitest';
import type { SnapshotManifest } from '../../shared/sync/snapshot.ts';

/** Checks everything that a manifest says of its bytes, and unpacks them. Returns the path of the database file. */
export function unpackedSnapshot(
  folder: string,
  manifest: SnapshotManifest,
  packed: Buffer = readFileSync(join(folder, `${manifest.hash}.zst`)),
): string {
  const plain: Buffer[] = [];
  let from = 0;
  for (const { bytes, sha256, plainBytes, plainCrc32 } of manifest.chunks) {
    const frame = packed.subarray(from, from + bytes);
    from += bytes;
    expect(createHash('sha256').update(frame).digest('hex')).toBe(sha256);
    const unpacked = zstdDecompressSync(frame);
    expect(unpacked).toHaveLength(plainBytes);
    expect(crc32(unpacked)).toBe(plainCrc32);
    plain.push(unpacked);
  }
  expect(from).toBe(packed.length);
  const hashes = manifest.chunks.map(({ sha256 }) => sha256).join('');
  expect(createHash('sha256').update(hashes).digest('hex')).toBe(manifest.hash);
  const file = join(folder, `unpacked-${manifest.hash}.db`);
  writeFileSync(file, Buffer.concat(plain));
  expect(manifest).toMatchObject({
    bytes: packed.length,
    plainBytes: plain.reduce((sum, { length }) => sum + length, 0),
  });
  return file;
}
