import { mkdirSync } from 'node:fs';
import { takeNamedLock } from '../store/take-named-lock.ts';
import type { SnapshotShelf } from './snapshot-shelf.ts';

const LOCK_NAME = 'building';

/**
 * Works as the only builder of all processes that share the shelf; null if there is another. Whatever lies about on the
 * shelf then is of builds that were killed, and is removed first.
 */
export async function whileBuilding<T>(
  shelf: SnapshotShelf,
  work: () => Promise<T>,
): Promise<T | null> {
  mkdirSync(shelf.folder, { recursive: true });
  const lock = await takeNamedLock(shelf.locks, LOCK_NAME);
  if (lock === null) return null;
  try {
    await shelf.removeLeftovers(`${LOCK_NAME}.lock`);
    return await work();
  } finally {
    await lock.release();
  }
}

/** What a killed build has left behind, unless somebody is building. */
export async function removeLeftovers(shelf: SnapshotShelf): Promise<void> {
  await whileBuilding(shelf, () => Promise.resolve());
}
