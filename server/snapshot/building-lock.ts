import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { takeFileLock } from '../store/take-file-lock.ts';
import type { SnapshotShelf } from './snapshot-shelf.ts';

const LOCK_FILE = 'building.lock';

/**
 * Works as the only builder of all processes that share the shelf; null if there is another. Whatever lies about on the
 * shelf then is of builds that were killed, and is removed first.
 */
export async function whileBuilding<T>(
  shelf: SnapshotShelf,
  work: () => Promise<T>,
): Promise<T | null> {
  mkdirSync(shelf.folder, { recursive: true });
  const lock = takeFileLock(join(shelf.folder, LOCK_FILE));
  if (lock === null) return null;
  try {
    await shelf.removeLeftovers(LOCK_FILE);
    return await work();
  } finally {
    lock.release();
  }
}

/** What a killed build has left behind, unless somebody is building. */
export async function removeLeftovers(shelf: SnapshotShelf): Promise<void> {
  await whileBuilding(shelf, () => Promise.resolve());
}
