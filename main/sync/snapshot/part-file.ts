import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { must } from '../../../shared/domain/assert.ts';
import type { SnapshotManifest } from '../../../shared/sync/snapshot.ts';
import { breathe } from '../../store/breathe.ts';

/** Written bytes are sent on to the disk after so many: a scan that is to be stored meanwhile waits behind them. */
const FLUSH_BYTES = 8 * 1024 * 1024;

/**
 * The file in which the chunks of a snapshot are gathered, each unpacked at its own place. What an earlier try wrote is
 * known by its checksums, so nothing has to be noted and nothing is trusted after a kill or a power cut.
 */
export class PartFile {
  readonly #file: FileHandle;
  readonly #manifest: SnapshotManifest;
  readonly #places: readonly number[];
  #unflushed = 0;
  #flushing: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, manifest: SnapshotManifest) {
    this.#file = file;
    this.#manifest = manifest;
    let place = 0;
    this.#places = manifest.chunks.map(({ plainBytes }) => (place += plainBytes) - plainBytes);
  }

  static async open(path: string, manifest: SnapshotManifest): Promise<PartFile> {
    // Opened for reading and writing without losing what is there; 'a' would write at the end whatever the place.
    const file = await open(path, existsSync(path) ? 'r+' : 'wx+');
    return new PartFile(file, manifest);
  }

  async size(): Promise<number> {
    return (await this.#file.stat()).size;
  }

  /** How many chunks, from the first on, are here already. */
  async chunksHeld(signal: AbortSignal): Promise<number> {
    for (const [at, { plainBytes, plainCrc32 }] of this.#manifest.chunks.entries()) {
      const plain = Buffer.allocUnsafe(plainBytes);
      const { bytesRead } = await this.#file.read(plain, 0, plainBytes, this.#placeOf(at));
      if (bytesRead < plainBytes || crc32(plain) !== plainCrc32) return at;
      await breathe(signal);
    }
    return this.#manifest.chunks.length;
  }

  async write(at: number, plain: Uint8Array): Promise<void> {
    const { bytesWritten } = await this.#file.write(plain, 0, plain.length, this.#placeOf(at));
    if (bytesWritten < plain.length) {
      throw Object.assign(new Error('The disk took a part only.'), { code: 'ENOSPC' });
    }
    this.#unflushed += plain.length;
    if (this.#unflushed < FLUSH_BYTES) return;
    this.#unflushed = 0;
    // A failure shows again when everything is flushed.
    this.#flushing = this.#flushing.then(() => this.#file.datasync()).catch(() => undefined);
  }

  /** Resolves when everything is on the disk. */
  async flush(): Promise<void> {
    await this.#flushing;
    await this.#file.truncate(this.#manifest.plainBytes);
    await this.#file.sync();
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#file.close();
  }

  #placeOf(at: number): number {
    return must(this.#places[at], 'a chunk of the snapshot');
  }
}
