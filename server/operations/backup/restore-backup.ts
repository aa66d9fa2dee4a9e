import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TallymanError } from '../../../shared/errors.ts';
import { PhotoShelf } from '../../photos/photo-shelf.ts';
import type { StoreLocation } from '../../store/engine/open-engine.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { beginNewHistory } from './begin-new-history.ts';
import { placeInFolder } from './place-in-folder.ts';
import { placeInSchema } from './place-in-schema.ts';
import { readBackup } from './read-backup.ts';

export interface RestoreOptions {
  location: StoreLocation;
  file: string;
  /** Whether a store that is there makes way. It is kept under another name. */
  replace: boolean;
  now: () => number;
  makeEpoch: () => string;
}

export interface Restored {
  manifest: BackupManifest;
  /** Where the store that was there is now; null if there was none. */
  replaced: string | null;
}

/** What is under way; whatever a kill leaves is removed by the next restore. */
const WORK_FOLDER = 'restoring';

/**
 * Puts a backup in place, when all of it has been checked. Every scope begins a new history, by which laptops notice;
 * the answers to what they have sent stay, so that they send again only what is missing, and nothing is done twice.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { location, file } = options;
  if (!existsSync(file)) throw new TallymanError('BAD_INPUT', `There is no file ${file}.`);
  if (!existsSync(location.dataDir)) makeFolder(location.dataDir);
  const work = join(location.dataDir, WORK_FOLDER);
  await rm(work, { recursive: true, force: true });
  try {
    const photos = join(work, 'photos');
    const manifest = await readBackup(file, work, (hash, from) => keepPhoto(photos, hash, from));
    await beginNewHistory(work, options);
    const place = location.database === undefined ? placeInFolder : placeInSchema;
    const replaced = await place(work, options);
    if (manifest.photos.included) await placePhotos(photos, location.dataDir);
    return { manifest, replaced };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    throw new TallymanError(
      'DATA_FOLDER_MISSING',
      `The folder ${folder} could not be made. Make it first, or give another --data folder.`,
      { cause: error },
    );
  }
}

async function keepPhoto(folder: string, hash: string, from: Readable): Promise<void> {
  await mkdir(folder, { recursive: true });
  await pipeline(from, createWriteStream(join(folder, hash), { flush: true }));
}

/** Photos never change, so one that is there already is the same. */
async function placePhotos(from: string, dataDir: string): Promise<void> {
  const shelf = new PhotoShelf(dataDir);
  for (const hash of await readdir(from).catch(() => [])) {
    const to = shelf.fileOf(hash);
    await mkdir(dirname(to), { recursive: true });
    await rename(join(from, hash), to);
  }
}
