import type { WorkMigration } from './work-migration.ts';

/** What people typed into forms and did not save yet. */
export const drafts: WorkMigration = {
  number: 4,
  up: (db) =>
    db.exec(`
      CREATE TABLE draft (
        key TEXT PRIMARY KEY,
        -- JSON.
        value TEXT NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX draft_by_age ON draft (updated_at);
    `),
};
