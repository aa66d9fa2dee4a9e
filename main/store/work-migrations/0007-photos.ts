import type { WorkMigration } from './work-migration.ts';

/** Photos taken here whose bytes the server does not have yet. The bytes are files beside this one. */
export const photos: WorkMigration = {
  number: 7,
  up: (db) =>
    db.exec(`
      CREATE TABLE photo_upload (
        -- Of the row that says that there is the photo.
        row_id TEXT PRIMARY KEY,
        entity TEXT NOT NULL,
        hash TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        added_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        not_before INTEGER NOT NULL DEFAULT 0,
        -- Code of what the last attempt failed with.
        problem TEXT
      ) STRICT;
      CREATE INDEX photo_upload_by_hash ON photo_upload (hash);
      CREATE INDEX photo_upload_by_turn ON photo_upload (attempts, row_id);
    `),
};
