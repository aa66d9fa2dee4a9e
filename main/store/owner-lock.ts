import { join } from 'node:path';
import Database from 'better-sqlite3';
import { TallymanError } from '../../shared/errors.ts';

export interface OwnerLock {
  release: () => void;
}

/**
 * At most one process writes a data folder. The lock is an exclusive transaction that is held for the process's life on
 * a file of its own: the operating system frees it whenever the process ends, however it ends, so there is no stale
 * lock file and no reused process id. Throws DATA_FOLDER_IN_USE.
 */
export function takeOwnerLock(dataFolder: string): OwnerLock {
  const db = new Database(join(dataFolder, 'owner.lock'), { timeout: 0 });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    throw new TallymanError(
      'DATA_FOLDER_IN_USE',
      'Another Tallyman uses this data folder. Close it first.',
      { cause, details: { dataFolder } },
    );
  }
  return {
    release: () => {
      if (db.inTransaction) db.exec('ROLLBACK');
      db.close();
    },
  };
}
