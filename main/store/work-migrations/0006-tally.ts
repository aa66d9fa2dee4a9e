import type { WorkMigration } from './work-migration.ts';

/** What people scan and count before it becomes operations: sessions, every scan of them, and what the scans add up to. */
export const tally: WorkMigration = {
  number: 6,
  up: (db) => {
    db.exec(`
      CREATE TABLE tally (
        tally_id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('count', 'receive', 'move', 'issue')),
        site_id TEXT NOT NULL,
        subject_id TEXT,
        location_id TEXT,
        to_location_id TEXT,
        person_id TEXT,
        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'posted', 'discarded')),
        -- Not taken back; and lines that there are.
        scans INTEGER NOT NULL DEFAULT 0,
        lines INTEGER NOT NULL DEFAULT 0,
        started_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        -- Why it was given up.
        reason TEXT,
        -- JSON of the answer to whoever posts it again.
        posted TEXT,
        CHECK ((state = 'posted') = (posted IS NOT NULL))
      ) STRICT;
      CREATE UNIQUE INDEX tally_open ON tally (kind, site_id, coalesce(subject_id, '')) WHERE state = 'open';
      CREATE INDEX tally_by_state ON tally (state, updated_at);

      CREATE TABLE tally_line (
        line_id INTEGER PRIMARY KEY,
        tally_id TEXT NOT NULL REFERENCES tally ON DELETE CASCADE,
        product_id TEXT NOT NULL,
        -- Empty while there is no place: as a part of the key it must equal itself.
        location_id TEXT NOT NULL,
        lot TEXT NOT NULL,
        serial TEXT NOT NULL,
        expires_on INTEGER,
        scanned INTEGER NOT NULL DEFAULT 0,
        -- Null, or what takes the place of the scans up to the entry of this position.
        typed INTEGER,
        typed_after INTEGER,
        -- What was scanned after that.
        since INTEGER NOT NULL DEFAULT 0,
        problem TEXT,
        at INTEGER NOT NULL,
        -- Of the observation that it was posted as.
        row_id TEXT,
        UNIQUE (tally_id, product_id, location_id, lot, serial)
      ) STRICT;
      CREATE INDEX tally_line_posted ON tally_line (product_id, location_id) WHERE row_id IS NOT NULL;
    `);
    db.exec(ENTRIES);
  },
};

const ENTRIES = `
      CREATE TABLE tally_entry (
        -- Never given twice: what is typed says after which entry it was.
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        entry_id TEXT NOT NULL UNIQUE,
        tally_id TEXT NOT NULL REFERENCES tally ON DELETE CASCADE,
        at INTEGER NOT NULL,
        text TEXT NOT NULL,
        raw TEXT NOT NULL,
        -- Null until it was looked up.
        kind TEXT,
        problem TEXT,
        code TEXT NOT NULL DEFAULT '',
        product_id TEXT,
        location_id TEXT,
        lot TEXT NOT NULL DEFAULT '',
        serial TEXT NOT NULL DEFAULT '',
        expires_on INTEGER,
        quantity INTEGER NOT NULL DEFAULT 0,
        -- The line that it counts in.
        line_id INTEGER,
        void_reason TEXT
      ) STRICT;
      CREATE INDEX tally_entry_of_tally ON tally_entry (tally_id, position);
      CREATE INDEX tally_entry_by_text ON tally_entry (tally_id, text, position);
      CREATE INDEX tally_entry_of_line ON tally_entry (line_id) WHERE line_id IS NOT NULL;
      CREATE INDEX tally_entry_not_looked_up ON tally_entry (tally_id, position) WHERE kind IS NULL;
      CREATE INDEX tally_entry_unknown ON tally_entry (position) WHERE kind = 'unknown' AND void_reason IS NULL;
`;
