import { assert } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { ReadableDatabase, WritableDatabase } from './sqlite.ts';
import { outbox } from './work-migrations/0002-outbox.ts';
import { syncBookkeeping } from './work-migrations/0001-sync-bookkeeping.ts';
import { syncLog } from './work-migrations/0003-sync-log.ts';
import { drafts } from './work-migrations/0004-drafts.ts';
import { lots } from './work-migrations/0005-lots.ts';
import { tally } from './work-migrations/0006-tally.ts';
import { photos } from './work-migrations/0007-photos.ts';
import { sharedClock } from './work-migrations/0008-shared-clock.ts';
import { people } from './work-migrations/0009-people.ts';
import type { WorkMigration } from './work-migrations/work-migration.ts';

export const WORK_MIGRATIONS: readonly WorkMigration[] = [
  syncBookkeeping,
  outbox,
  syncLog,
  drafts,
  lots,
  tally,
  photos,
  sharedClock,
  people,
];

/**
 * Brings `work.db` to the newest schema, all steps in one transaction, so that a kill leaves the old one or the new one.
 * A file of a newer app is refused untouched: STORE_TOO_NEW.
 */
export function migrateWorkStore(
  db: WritableDatabase,
  migrations: readonly WorkMigration[] = WORK_MIGRATIONS,
): void {
  const newest = migrations.length;
  const from = schemaVersion(db, newest);
  if (from === newest) return;
  db.transaction(() => {
    for (const [at, migration] of migrations.entries()) {
      assert(migration.number === at + 1, `work migration ${migration.number} is out of order`);
      if (migration.number > from) migration.up(db);
    }
    db.pragma(`user_version = ${newest}`);
  }).immediate();
}

/** For those who may only read, and so cannot bring an older file up to date: UPGRADE_REQUIRED. */
export function assertNewestSchema(db: WritableDatabase): void {
  const newest = WORK_MIGRATIONS.length;
  if (schemaVersion(db) === newest) return;
  throw new TallymanError(
    'UPGRADE_REQUIRED',
    'This data folder is of an older Tallyman. Sync it once with this one, then look again.',
  );
}

/** 0 for an empty file. Throws STORE_TOO_NEW. */
export function schemaVersion(db: ReadableDatabase, newest = WORK_MIGRATIONS.length): number {
  const found = db.prepare('PRAGMA user_version').pluck().get() as number;
  if (found <= newest) return found;
  throw new TallymanError(
    'STORE_TOO_NEW',
    'This data folder was used by a newer Tallyman. Update this one; nothing was changed.',
    { details: { found, known: newest } },
  );
}
