import type { WorkMigration } from './work-migration.ts';

/** Who this laptop is, which server it trusts, which replica files are in use, what waits to be synced and what was. */
export const syncBookkeeping: WorkMigration = {
  number: 1,
  up: (db) =>
    db.exec(`
      CREATE TABLE device (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        device_id TEXT NOT NULL,
        last_success_at INTEGER,
        refetch INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE TABLE trusted_server (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        server_id TEXT NOT NULL
      ) STRICT;
      CREATE TABLE followed_scope (
        scope TEXT PRIMARY KEY,
        site_code TEXT,
        name TEXT
      ) STRICT;
      -- A scope may have one file that readers use and one that is being filled beside it.
      CREATE TABLE replica_file (
        scope TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('current', 'building')),
        file TEXT NOT NULL UNIQUE,
        verified_at INTEGER,
        PRIMARY KEY (scope, role)
      ) STRICT;
      CREATE TABLE sync_job (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        job_id TEXT NOT NULL UNIQUE,
        unit TEXT NOT NULL,
        reason TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        not_before INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE sync_log (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        result TEXT NOT NULL
      ) STRICT;
    `),
};
