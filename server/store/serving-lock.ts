import { join } from 'node:path';
import Database from 'better-sqlite3';
import { TallymanError } from '../../shared/errors.ts';

const LOCK_FILE = 'serving.lock';

/**
 * Held by every process that serves a data folder on SQLite, together with others; the operating system lets go of it when the
 * process ends, however that is. It keeps `whileNobodyServes` out. It is a read transaction on an empty database.
 */
export function holdServing(dataDir: string): { release: () => void } {
  const database = new Database(join(dataDir, LOCK_FILE), { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    throw isBusy(error)
      ? new TallymanError('SERVER_BUSY', 'A backup is being restored here. Start again afterwards.')
      : error;
  }
}

/** Throws SERVER_BUSY if there is a server at work on the folder, and keeps others from starting meanwhile. */
export async function whileNobodyServes<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const database = new Database(join(dataDir, LOCK_FILE), { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
    return await work();
  } catch (error) {
    throw isBusy(error)
      ? new TallymanError('SERVER_BUSY', 'A server is at work on this data. Stop it first.')
      : error;
  } finally {
    database.close();
  }
}

function isBusy(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'SQLITE_BUSY';
}
