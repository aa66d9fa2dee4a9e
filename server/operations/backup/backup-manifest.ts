import { z } from 'zod';

/**
 * A backup is one tar file, so that it can be looked into without Tallyman:
 *
 *   backup.json        this manifest
 *   server.db.zst      a SQLite database with every table of the store, whatever engine it came from
 *   photos.txt         the hash and size of each photo that was in the folder, one on a line
 *   photos/<hash>      the photos themselves, if they were asked for
 *
 * `tar xf` and `zstd -d` unpack it, and `sqlite3` opens the database.
 */
export const BACKUP_FORMAT = 'tallyman-backup';
export const BACKUP_FORMAT_VERSION = 1;
export const MANIFEST_ENTRY = 'backup.json';
export const DATABASE_ENTRY = 'server.db.zst';
export const PHOTO_LIST_ENTRY = 'photos.txt';
export const PHOTO_ENTRY = /^photos\/([0-9a-f]{64})$/;

const count = z.int().min(0);

export const backupManifestField = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  formatVersion: z.literal(BACKUP_FORMAT_VERSION),
  /** UTC epoch milliseconds. */
  madeAt: count,
  serverId: z.uuid(),
  serverName: z.string(),
  /** The newest that the store has. */
  migration: z.string(),
  /** Rows of each table. */
  tables: z.record(z.string(), count),
  database: z.strictObject({
    bytes: count,
    /** Of the packed database, in hex. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    plainBytes: count,
  }),
  photos: z.strictObject({ listed: count, bytes: count, included: z.boolean() }),
});
export type BackupManifest = z.output<typeof backupManifestField>;
