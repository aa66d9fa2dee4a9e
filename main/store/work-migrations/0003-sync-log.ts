import type { WorkMigration } from './work-migration.ts';

/** The log keeps notes beside the runs, and can be searched by unit and outcome without reading each entry. */
export const syncLog: WorkMigration = {
  number: 3,
  up: (db) =>
    db.exec(`
      ALTER TABLE sync_log RENAME TO sync_log_of_runs;
      CREATE TABLE sync_log (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('run', 'note')),
        -- Null for notes that are about no unit.
        unit TEXT,
        -- Null for notes.
        outcome TEXT,
        -- JSON of the run's result or of the note.
        content TEXT NOT NULL,
        CHECK ((kind = 'run') = (outcome IS NOT NULL))
      ) STRICT;
      INSERT INTO sync_log (number, at, kind, unit, outcome, content)
        SELECT number, result ->> 'finishedAt', 'run', result ->> 'unit', result ->> 'outcome', result
        FROM sync_log_of_runs ORDER BY number;
      DROP TABLE sync_log_of_runs;
    `),
};
