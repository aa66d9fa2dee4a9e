import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { TallymanError } from '../../../shared/errors.ts';
import { PhotoShelf } from '../../photos/photo-shelf.ts';
import { DATABASE_FILE, type StoreLocation } from '../../store/engine/open-engine.ts';
import {
  BACKUP_FORMAT,
  BACKUP_FORMAT_VERSION,
  type BackupManifest,
  DATABASE_ENTRY,
  MANIFEST_ENTRY,
  PHOTO_LIST_ENTRY,
} from './backup-manifest.ts';
import { type CopiedStore, copyStore } from './copy-store.ts';
import { listPhotos, type ListedPhoto } from './list-photos.ts';
import { readBackup } from './read-backup.ts';

/** Most of what can be saved, at a speed that no disk reaches. */
const ZSTD_LEVEL = 3;
/** The file holds password hashes and signing keys. */
const OWNER_ONLY = 0o600;

export interface WriteBackupOptions {
  location: StoreLocation;
  file: string;
  /** Whether to take the photos along as well; else they are only listed. */
  photos: boolean;
  now: () => number;
}

/**
 * Writes one consistent point in time of an organisation to a file, beside a running server or without one, and reads it back.
 * The file gets its name when it has been found whole.
 */
export async function writeBackup(options: WriteBackupOptions): Promise<BackupManifest> {
  const file = resolve(options.file);
  await assertFree(file);
  const work = join(dirname(file), `.${basename(file)}.making`);
  await rm(work, { recursive: true, force: true });
  await mkdir(work);
  try {
    const copied = await copyStore(options.location, join(work, 'copy'));
    const photos = await listPhotos(new PhotoShelf(options.location.dataDir));
    const packed = join(work, DATABASE_ENTRY);
    const database = await packDatabase(join(work, 'copy', DATABASE_FILE), packed);
    await rm(join(work, 'copy'), { recursive: true });
    const manifest = manifestOf(copied, { database, photos, options });
    const made = join(work, 'backup.tar');
    await writeTar(made, { manifest, packed, photos, options });
    await readBackup(made, join(work, 'check'));
    await rename(made, file);
    await syncFolder(dirname(file));
    return manifest;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function assertFree(file: string): Promise<void> {
  if ((await stat(dirname(file)).catch(() => null))?.isDirectory() !== true) {
    throw new TallymanError(
      'BAD_INPUT',
      `The folder ${dirname(file)} does not exist. Make it first, or give another file.`,
    );
  }
  if ((await stat(file).catch(() => null)) === null) return;
  throw new TallymanError(
    'BAD_INPUT',
    `There is a file ${file} already. Give each backup a name of its own.`,
  );
}

async function packDatabase(plain: string, packed: string): Promise<BackupManifest['database']> {
  const hash = createHash('sha256');
  let bytes = 0;
  const counting = new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      hash.update(piece);
      bytes += piece.length;
      done(null, piece);
    },
  });
  const compress = createZstdCompress({
    params: {
      [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL,
      [constants.ZSTD_c_checksumFlag]: 1,
    },
  });
  const to = createWriteStream(packed, { mode: OWNER_ONLY });
  await pipeline(createReadStream(plain), compress, counting, to);
  return { bytes, sha256: hash.digest('hex'), plainBytes: (await stat(plain)).size };
}

interface TarContents {
  manifest: BackupManifest;
  packed: string;
  photos: readonly ListedPhoto[];
  options: WriteBackupOptions;
}

/** On the disk when it resolves. */
async function writeTar(file: string, { manifest, packed, photos, options }: TarContents) {
  const tar = pack();
  const to = createWriteStream(file, { mode: OWNER_ONLY, flush: true });
  const written = pipeline(tar, to);
  written.catch(() => undefined);
  const list = photos.map(({ hash, bytes }) => `${hash} ${bytes}\n`).join('');
  await addText(tar, MANIFEST_ENTRY, `${JSON.stringify(manifest, null, 2)}\n`);
  await addFile(tar, DATABASE_ENTRY, { path: packed, size: manifest.database.bytes });
  await addText(tar, PHOTO_LIST_ENTRY, list);
  if (options.photos) {
    const shelf = new PhotoShelf(options.location.dataDir);
    for (const { hash, bytes } of photos) {
      await addFile(tar, `photos/${hash}`, { path: shelf.fileOf(hash), size: bytes });
    }
  }
  tar.finalize();
  await written;
}

async function addText(tar: Pack, name: string, text: string): Promise<void> {
  await new Promise<void>((done, failed) => {
    tar.entry({ name, mode: OWNER_ONLY }, text, (error) => (error ? failed(error) : done()));
  });
}

async function addFile(
  tar: Pack,
  name: string,
  { path, size }: { path: string; size: number },
): Promise<void> {
  const entry = tar.entry({ name, size, mode: OWNER_ONLY });
  await pipeline(createReadStream(path), entry);
}

function manifestOf(
  { tables, serverId, serverName, migration }: CopiedStore,
  {
    database,
    photos,
    options,
  }: {
    database: BackupManifest['database'];
    photos: readonly ListedPhoto[];
    options: WriteBackupOptions;
  },
): BackupManifest {
  const bytes = photos.reduce((sum, photo) => sum + photo.bytes, 0);
  return {
    format: BACKUP_FORMAT,
    formatVersion: BACKUP_FORMAT_VERSION,
    madeAt: options.now(),
    serverId,
    serverName,
    migration,
    tables,
    database,
    photos: { listed: photos.length, bytes, included: options.photos },
  };
}

/** So that the name is on the disk as well. Windows cannot open a folder, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
