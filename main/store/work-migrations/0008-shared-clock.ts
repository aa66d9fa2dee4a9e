import type { WorkMigration } from './work-migration.ts';

/** What this laptop's clock lacks to the server's, as far as it was learned. */
export const sharedClock: WorkMigration = {
  number: 8,
  up: (db) =>
    db.exec(`
      CREATE TABLE shared_clock (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        offset_ms INTEGER NOT NULL,
        -- By this laptop's clock, UTC epoch milliseconds.
        learned_at INTEGER NOT NULL
      ) STRICT;
    `),
};
