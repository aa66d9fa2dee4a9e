import Database from 'better-sqlite3';

/**
 * Held by one process at a time, or null. It is an exclusive transaction on an empty database, which the operating system
 * ends whenever the process does, so there is no stale lock and no process id that somebody else has by now.
 */
export function takeFileLock(path: string): { release: () => void } | null {
  const database = new Database(path, { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return null;
    throw error;
  }
  return { release: () => database.close() };
}
