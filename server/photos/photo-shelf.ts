import { createHash } from 'node:crypto';
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { imageTypeOf } from '../../shared/domain/image-type.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { PhotoMime, PhotoOffset } from '../../shared/sync/photo-transfer.ts';

/** Photos that have begun to arrive. With 2 MB at most each it bounds what half-sent ones take of the disk. */
export const PARTS_MAX = 1_000;

/** The folder with the photos. Each is a file named by its SHA-256, which is there as a whole or not at all. */
export class PhotoShelf {
  readonly folder: string;
  readonly partsFolder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'photos');
    this.partsFolder = join(this.folder, 'parts');
  }

  /** In the folder, with a folder for each pair of first digits, so that none has too many files. */
  nameOf(hash: string): string {
    return `${hash.slice(0, 2)}/${hash}`;
  }

  fileOf(hash: string): string {
    return join(this.folder, this.nameOf(hash));
  }

  /** What has arrived. */
  async offset(hash: string): Promise<PhotoOffset> {
    const whole = await sizeOf(this.fileOf(hash));
    if (whole !== null) return { bytes: whole, complete: true };
    return { bytes: (await sizeOf(this.#partOf(hash))) ?? 0, complete: false };
  }

  /** The part with what is left of it up to `start`, to be written on from there. */
  async openPart(hash: string, start: number): Promise<FileHandle> {
    await mkdir(this.partsFolder, { recursive: true });
    if (start === 0) await this.#makeRoom();
    const part = await open(this.#partOf(hash), start === 0 ? 'w' : 'r+');
    try {
      // What another connection wrote after this place is sent again.
      await part.truncate(start);
      return part;
    } catch (error) {
      await part.close();
      throw error;
    }
  }

  /**
   * All bytes have arrived: gives the part its name if it is the photo that it is said to be, or removes it. On the disk when
   * it resolves. Throws BAD_INPUT.
   */
  async finish(hash: string, mime: PhotoMime): Promise<void> {
    const part = this.#partOf(hash);
    const bytes = await readFile(part);
    const isRight = createHash('sha256').update(bytes).digest('hex') === hash;
    if (!isRight || imageTypeOf(bytes) !== mime) {
      await rm(part, { force: true });
      throw new TallymanError(
        'BAD_INPUT',
        isRight
          ? 'These bytes are not the kind of picture that the photo is said to be.'
          : 'What arrived is not the photo: its bytes were changed on the way. Send it again from the start.',
      );
    }
    const file = this.fileOf(hash);
    await mkdir(dirname(file), { recursive: true });
    await rename(part, file);
    await syncFolder(dirname(file));
  }

  /** Names, which are hashes, with the time at which each was last touched. */
  async parts(): Promise<FoundFile[]> {
    return filesIn(this.partsFolder);
  }

  async photos(firstDigits: string): Promise<FoundFile[]> {
    return filesIn(join(this.folder, firstDigits));
  }

  async remove(hash: string): Promise<void> {
    await rm(this.fileOf(hash), { force: true });
  }

  async removePart(hash: string): Promise<void> {
    await rm(this.#partOf(hash), { force: true });
  }

  #partOf(hash: string): string {
    return join(this.partsFolder, hash);
  }

  async #makeRoom(): Promise<void> {
    const parts = await this.parts();
    const oldestFirst = parts.toSorted((a, b) => a.at - b.at);
    const tooMany = oldestFirst.slice(0, Math.max(0, parts.length - PARTS_MAX + 1));
    for (const { hash } of tooMany) await this.removePart(hash);
  }
}

export interface FoundFile {
  hash: string;
  /** UTC epoch milliseconds of its last change. */
  at: number;
}

const HASH = /^[0-9a-f]{64}$/;

async function filesIn(folder: string): Promise<FoundFile[]> {
  const names = await readdir(folder).catch(noneIfMissing<string[]>([]));
  const found: FoundFile[] = [];
  for (const name of names.filter((one) => HASH.test(one))) {
    const stats = await stat(join(folder, name)).catch(noneIfMissing(null));
    if (stats) found.push({ hash: name, at: stats.mtimeMs });
  }
  return found;
}

async function sizeOf(file: string): Promise<number | null> {
  return (await stat(file).catch(noneIfMissing(null)))?.size ?? null;
}

function noneIfMissing<T>(none: T): (error: unknown) => T {
  return (error) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return none;
    throw error;
  };
}

/** So that the name is on the disk as well. Windows cannot open a folder, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
