import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { translatedError } from '../sqlite.ts';

/** What photos that the server has may take of the disk: a thousand or more of them. The least recently seen go first. */
export const PHOTO_CACHE_BYTES_MAX = 512 * 1024 * 1024;
/** A photo that nobody has looked at for so long is fetched again if somebody does. Clears orphans of a kill, too. */
export const PHOTO_UNUSED_MAX_MS = 60 * 24 * 60 * 60 * 1_000;
/** Writing one takes moments: a temporary file that old is of a process that was killed. */
const TEMPORARY_AGE_MAX_MS = 60 * 60 * 1_000;
/** Looked up at once when it is asked which of them are unsent. */
const HASHES_AT_ONCE_MAX = 200;

const HASH = /^[0-9a-f]{64}$/;

export interface PhotoFilesOptions {
  dataFolder: string;
  now: () => number;
  /** Of these hashes, the ones that are nowhere but here. */
  unsentAmong: (hashes: readonly string[]) => ReadonlySet<string>;
  cacheBytesMax?: number | undefined;
}

interface Found {
  hash: string;
  bytes: number;
  usedAt: number;
}

/**
 * Photos as files beside `work.db`, each named by the SHA-256 of its bytes: there as a whole or not at all. Those that were
 * fetched, or sent, are a cache with a bound; those that are nowhere else stay.
 */
export class PhotoFiles {
  readonly #folder: string;
  readonly #options: PhotoFilesOptions;

  constructor(options: PhotoFilesOptions) {
    this.#folder = join(options.dataFolder, 'photos');
    this.#options = options;
  }

  fileOf(hash: string): string {
    return join(this.#folder, hash.slice(0, 2), hash);
  }

  /** On the disk when it resolves; returns the hash. Throws DISK_FULL. */
  async put(bytes: Uint8Array): Promise<string> {
    const hash = hashOf(bytes);
    if (await this.#touch(hash)) return hash;
    const file = this.fileOf(hash);
    const temporary = `${file}.${randomUUID()}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeDurably(temporary, bytes);
      await rename(temporary, file);
      await syncFolder(dirname(file));
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw translatedError(file, error);
    }
    return hash;
  }

  /** Null if it is not here. A file that has been damaged is none: it goes, and is fetched again if a server has it. */
  async read(hash: string): Promise<Buffer | null> {
    const bytes = await readFile(this.fileOf(hash)).catch(noneIfMissing(null));
    if (bytes === null) return null;
    if (hashOf(bytes) !== hash) {
      await rm(this.fileOf(hash), { force: true });
      return null;
    }
    await this.#touch(hash);
    return bytes;
  }

  /** Removes what a kill left and what the cache has no room for. One folder at a time, so that nobody waits for it. */
  async sweep(signal: AbortSignal): Promise<void> {
    const { now, unsentAmong, cacheBytesMax = PHOTO_CACHE_BYTES_MAX } = this.#options;
    const cached: Found[] = [];
    for (const folder of await readdir(this.#folder).catch(noneIfMissing<string[]>([]))) {
      if (signal.aborted) return;
      const found = await this.#lookInto(join(this.#folder, folder));
      for (let at = 0; at < found.length; at += HASHES_AT_ONCE_MAX) {
        const some = found.slice(at, at + HASHES_AT_ONCE_MAX);
        const unsent = unsentAmong(some.map(({ hash }) => hash));
        cached.push(...some.filter(({ hash }) => !unsent.has(hash)));
      }
    }
    let room = cacheBytesMax;
    for (const { hash, bytes, usedAt } of cached.toSorted((a, b) => b.usedAt - a.usedAt)) {
      room -= bytes;
      if (room >= 0 && now() - usedAt <= PHOTO_UNUSED_MAX_MS) continue;
      if (signal.aborted) return;
      // Somebody may have taken the same photo again since.
      if (!unsentAmong([hash]).has(hash)) await rm(this.fileOf(hash), { force: true });
    }
  }

  /** The photos of a folder; what a kill left of others goes. */
  async #lookInto(folder: string): Promise<Found[]> {
    const found: Found[] = [];
    for (const name of await readdir(folder).catch(noneIfMissing<string[]>([]))) {
      const stats = await stat(join(folder, name)).catch(noneIfMissing(null));
      if (!stats?.isFile()) continue;
      if (HASH.test(name)) found.push({ hash: name, bytes: stats.size, usedAt: stats.mtimeMs });
      else if (this.#options.now() - stats.mtimeMs > TEMPORARY_AGE_MAX_MS) {
        await rm(join(folder, name), { force: true });
      }
    }
    return found;
  }

  /** False if it is not here. Its time of change is when somebody last wanted it. */
  async #touch(hash: string): Promise<boolean> {
    const seconds = this.#options.now() / 1_000;
    return utimes(this.fileOf(hash), seconds, seconds).then(() => true, noneIfMissing(false));
  }
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  await using handle = await open(file, 'wx');
  await handle.writeFile(bytes);
  await handle.sync();
}

function noneIfMissing<T>(none: T): (error: unknown) => T {
  return (error) => {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT' || code === 'ENOTDIR') return none;
    throw error;
  };
}

/** So that the name is on the disk as well. Windows cannot open a folder, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
