import type { WorkMigration } from './work-migration.ts';

/** Whose work it is, where several people sign in on one laptop. Null or empty: of nobody who had to sign in. */
export const people: WorkMigration = {
  number: 9,
  up: (db) =>
    db.exec(`
      ALTER TABLE operation ADD COLUMN person_id TEXT;
      CREATE INDEX operation_by_person ON operation (person_id, state) WHERE person_id IS NOT NULL;

      -- Who may go on with it; \`person_id\` says who began it, also where nobody signs in.
      ALTER TABLE tally ADD COLUMN owner_id TEXT;
      DROP INDEX tally_open;
      CREATE UNIQUE INDEX tally_open ON tally (kind, site_id, coalesce(subject_id, ''), coalesce(owner_id, ''))
        WHERE state = 'open';

      ALTER TABLE draft RENAME TO draft_of_all;
      DROP INDEX draft_by_age;
      CREATE TABLE draft (
        -- Empty: of nobody who had to sign in. As a part of the key it must equal itself.
        person_id TEXT NOT NULL,
        key TEXT NOT NULL,
        -- JSON.
        value TEXT NOT NULL,
        updated_at INTEGER NOT NULL,
        PRIMARY KEY (person_id, key)
      ) STRICT;
      CREATE INDEX draft_by_age ON draft (updated_at);
      INSERT INTO draft (person_id, key, value, updated_at)
        SELECT '', key, value, updated_at FROM draft_of_all;
      DROP TABLE draft_of_all;
    `),
};
