import type { WorkMigration } from './work-migration.ts';

/** What people did: operations in order, the rows they changed, what they do to stock, and what has to be decided. */
export const outbox: WorkMigration = {
  number: 2,
  up: (db) => {
    db.exec(`
      -- The number that the next operation is sent under.
      ALTER TABLE device ADD COLUMN next_number INTEGER NOT NULL DEFAULT 1;

      CREATE TABLE operation (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        operation_id TEXT NOT NULL UNIQUE,
        -- Both are null until it is first taken to be sent; until then it can be taken back without a trace.
        device_id TEXT,
        number INTEGER,
        state TEXT NOT NULL DEFAULT 'waiting'
          CHECK (state IN ('waiting', 'applied', 'conflict', 'rejected', 'blocked', 'parked', 'discarded')),
        -- The server is asked to pass over its number, because it failed again and again.
        parking INTEGER NOT NULL DEFAULT 0,
        after_operations TEXT NOT NULL DEFAULT '[]',
        -- The operation that this one takes back.
        undoes TEXT,
        at INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        failures INTEGER NOT NULL DEFAULT 0,
        outcome TEXT,
        settled_at INTEGER,
        CHECK ((device_id IS NULL) = (number IS NULL))
      ) STRICT;
      CREATE UNIQUE INDEX operation_by_number ON operation (device_id, number) WHERE number IS NOT NULL;
      CREATE INDEX operation_by_state ON operation (state, position);
      CREATE INDEX operation_by_undoes ON operation (undoes) WHERE undoes IS NOT NULL;

      CREATE TABLE operation_change (
        position INTEGER NOT NULL REFERENCES operation ON DELETE CASCADE,
        sequence INTEGER NOT NULL,
        entity TEXT NOT NULL,
        row_id TEXT NOT NULL,
        scope TEXT NOT NULL,
        change TEXT NOT NULL,
        -- The whole row as the person saw it; null if it was new.
        base TEXT,
        PRIMARY KEY (position, sequence)
      ) STRICT;
      CREATE INDEX operation_change_by_row ON operation_change (entity, row_id, position, sequence);

      CREATE TABLE operation_stock (
        position INTEGER NOT NULL REFERENCES operation ON DELETE CASCADE,
        sequence INTEGER NOT NULL,
        scope TEXT NOT NULL,
        product_id TEXT NOT NULL,
        location_id TEXT NOT NULL,
        change INTEGER NOT NULL,
        PRIMARY KEY (position, sequence)
      ) STRICT;
      CREATE INDEX operation_stock_by_product ON operation_stock (product_id, scope);
      CREATE INDEX operation_stock_by_location ON operation_stock (location_id);
    `);
    db.exec(CONFLICTS);
  },
};

const CONFLICTS = `
      CREATE TABLE conflict (
        conflict_id TEXT PRIMARY KEY,
        position INTEGER NOT NULL REFERENCES operation ON DELETE CASCADE,
        entity TEXT NOT NULL,
        row_id TEXT NOT NULL,
        scope TEXT NOT NULL,
        kind TEXT NOT NULL,
        -- Null: the whole row.
        field TEXT,
        -- JSON of a value, or of a row.
        base TEXT NOT NULL,
        mine TEXT NOT NULL,
        theirs TEXT NOT NULL,
        -- JSON of the row under which it belongs and which was deleted, while this laptop still knew it.
        parent TEXT,
        at INTEGER NOT NULL,
        resolved TEXT
      ) STRICT;
      CREATE INDEX conflict_open ON conflict (entity, row_id) WHERE resolved IS NULL;
`;
