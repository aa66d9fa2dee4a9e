import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { TallymanError } from '../../../shared/errors.ts';
import { migrateWorkStore, schemaVersion, WORK_MIGRATIONS } from '../migrate-work-store.ts';
import {
  openReadable,
  openWritable,
  translated,
  translatedError,
  type WritableDatabase,
} from '../sqlite.ts';
import type { WorkMigration } from '../work-migrations/work-migration.ts';
import { BackupFolder } from './backup-folder.ts';
import { isWorkFileLost, restoreWorkFile } from './restore-work-file.ts';
import { salvage } from './salvage.ts';
import { copyVerifiedNow } from './verified-copy.ts';

/** How a store came back after damage, for the sync log. */
export interface RestoredStore {
  /** The damaged file, kept; null if there was none left. */
  setAside: string | null;
  /** Null if there was no backup: then all there is was salvaged. */
  backup: string | null;
  /** Rows that the damaged file had and the backup had not. */
  salvaged: number;
}

export interface OpenedWorkDatabase {
  db: WritableDatabase;
  restored: RestoredStore | null;
}

export interface OpenWorkOptions {
  now: () => number;
  migrations?: readonly WorkMigration[] | undefined;
}

/**
 * Opens `work.db` at the newest schema. An older file is backed up before it is upgraded; a newer one is refused untouched
 * (STORE_TOO_NEW); a damaged or lost one gives way to its newest backup, and what can still be read of it is copied in.
 */
export function openWorkDatabase(file: string, options: OpenWorkOptions): OpenedWorkDatabase {
  if (!isWorkFileLost(file)) {
    try {
      return { db: openWhole(file, options), restored: null };
    } catch (error) {
      if (!(error instanceof TallymanError) || error.code !== 'STORE_DAMAGED') throw error;
    }
  }
  let salvaged = 0;
  const restored = restoreWorkFile(file, options.now(), (temporary, setAside) => {
    const db = openWritable(temporary, { durability: 'FULL' });
    try {
      salvaged = salvage(setAside, db, options.migrations ?? WORK_MIGRATIONS);
    } finally {
      db.close();
    }
  });
  return { db: openWhole(file, options), restored: { ...restored, salvaged } };
}

function openWhole(file: string, options: OpenWorkOptions): WritableDatabase {
  if (existsSync(file)) assertWhole(file, options.migrations);
  const db = openWritable(file, { durability: 'FULL' });
  try {
    upgrade(file, db, options);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Over a reading connection, which leaves a file that is refused as it is. */
function assertWhole(file: string, migrations = WORK_MIGRATIONS): void {
  const db = openReadable(file);
  try {
    translated(file, () => {
      schemaVersion(db, migrations.length);
      const found = db.prepare('PRAGMA quick_check(1)').pluck().get() as string;
      if (found === 'ok') return;
      throw new TallymanError('STORE_DAMAGED', `The file ${file} is damaged: ${found}.`, {
        details: { file },
      });
    });
  } finally {
    db.close();
  }
}

function upgrade(file: string, db: WritableDatabase, options: OpenWorkOptions): void {
  const { migrations = WORK_MIGRATIONS } = options;
  const from = schemaVersion(db, migrations.length);
  if (from === migrations.length) return;
  let backup: string | null = null;
  if (from > 0) {
    const folder = new BackupFolder(dirname(file));
    backup = folder.newFile(options.now(), from);
    copyVerifiedNow(db, backup);
    folder.prune();
  }
  try {
    migrateWorkStore(db, migrations);
  } catch (cause) {
    const known = translatedError(file, cause);
    if (known instanceof TallymanError) throw known;
    throw new TallymanError(
      'STORE_UPGRADE_FAILED',
      `This Tallyman could not bring the data of the one before it up to date. Nothing was changed: go on with the one before. A copy is in ${backup ?? file}.`,
      { cause, details: { backup: backup ?? file } },
    );
  }
}
