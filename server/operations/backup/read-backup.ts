import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';
import { TallymanError } from '../../../shared/errors.ts';
import { DATABASE_FILE } from '../../store/engine/open-engine.ts';
import { rowsOfTables } from '../../store/plain-file.ts';
import { openStore } from '../../store/open-store.ts';
import {
  type BackupManifest,
  backupManifestField,
  DATABASE_ENTRY,
  MANIFEST_ENTRY,
  PHOTO_ENTRY,
  PHOTO_LIST_ENTRY,
} from './backup-manifest.ts';
import { recountScopes } from './recount-scopes.ts';

/** A manifest names some dozens of tables. */
const MANIFEST_BYTES_MAX = 1024 * 1024;

/** Takes each photo of the backup, of which the bytes are right. Without it they are only looked at. */
export type TakePhoto = (hash: string, from: Readable) => Promise<void>;

/**
 * Unpacks a backup into a folder, which is made, and checks all of it: every byte by its hash, the number of rows of every table, and
 * the digest of every scope, worked out from its rows. A database of an older server is brought up to date first. Throws
 * STORE_DAMAGED if anything is not as it was written.
 */
export async function readBackup(
  file: string,
  folder: string,
  takePhoto: TakePhoto = passOver,
): Promise<BackupManifest> {
  await mkdir(folder, { recursive: true });
  const manifest = await unpack(file, folder, takePhoto);
  const database = join(folder, DATABASE_FILE);
  if ((await stat(database)).size !== manifest.database.plainBytes) throw notWhole('its size');
  assertCounts(database, manifest);
  const store = await openStore({ dataDir: folder });
  try {
    await recountScopes(store.reader);
  } finally {
    await store.close();
  }
  return manifest;
}

async function unpack(file: string, folder: string, takePhoto: TakePhoto): Promise<BackupManifest> {
  let manifest: BackupManifest | null = null;
  let hasDatabase = false;
  let photos = 0;
  const tar = extract();
  const reading = pipeline(createReadStream(file), tar);
  reading.catch(() => undefined);
  try {
    for await (const one of tar) {
      const { name } = one.header;
      const entry = one as unknown as Readable;
      const photo = PHOTO_ENTRY.exec(name)?.[1];
      if (name === MANIFEST_ENTRY) manifest = await readManifest(entry);
      else if (name === DATABASE_ENTRY) {
        const to = join(folder, DATABASE_FILE);
        const found = await hashWhile(entry, (from) =>
          pipeline(from, createZstdDecompress(), createWriteStream(to)),
        );
        if (found !== manifest?.database.sha256) throw notWhole('the database');
        hasDatabase = true;
      } else if (photo !== undefined) {
        const found = await hashWhile(entry, (from) => takePhoto(photo, from));
        if (found !== photo) throw notWhole('a photo');
        photos += 1;
      } else if (name === PHOTO_LIST_ENTRY)
        await pipeline(entry, createWriteStream(join(folder, name)));
      else throw notWhole('an entry that nobody knows');
    }
    await reading;
  } catch (error) {
    if (error instanceof TallymanError) throw error;
    throw notWhole('the file', error);
  }
  if (manifest === null || !hasDatabase) throw notWhole('its parts');
  if (photos !== (manifest.photos.included ? manifest.photos.listed : 0)) throw notWhole('photos');
  return manifest;
}

async function readManifest(entry: Readable): Promise<BackupManifest> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of entry as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MANIFEST_BYTES_MAX) throw notWhole('its manifest');
    pieces.push(piece);
  }
  return backupManifestField.parse(JSON.parse(Buffer.concat(pieces).toString('utf8')));
}

async function hashWhile(from: Readable, take: (from: Readable) => Promise<void>): Promise<string> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      hash.update(piece);
      done(null, piece);
    },
  });
  await Promise.all([pipeline(from, hashing), take(hashing)]);
  return hash.digest('hex');
}

async function passOver(_hash: string, from: Readable): Promise<void> {
  for await (const _ of from);
}

/** By the file itself, before anything is brought up to date. */
function assertCounts(path: string, { tables }: BackupManifest): void {
  const found = rowsOfTables(path);
  if (found === null) throw notWhole('the database');
  for (const name of new Set([...found.keys(), ...Object.keys(tables)])) {
    if (found.get(name) !== tables[name]) throw notWhole(`the table ${name}`);
  }
}

function notWhole(what: string, cause?: unknown): TallymanError {
  return new TallymanError(
    'STORE_DAMAGED',
    `This backup is not whole: ${what} is not as it was written. Take another one.`,
    { cause },
  );
}
