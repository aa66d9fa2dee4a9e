import type { Replica } from '../store/replica.ts';
import { openWritable, translated } from '../store/sqlite.ts';

/** About 8 MB: folding takes some 30 ms, and fewer would be folded more often than they are written. */
const UNFOLDED_PAGES = 2_000;
/** About 128 MB: who writes faster than the other thread folds waits for it. */
const UNFOLDED_PAGES_MAX = 32_000;

/**
 * Has the logs of replicas folded back into their files by another thread, one after another, while this one goes on
 * writing. A failure is no news: the log stays, and the next commit has it tried again.
 */
export function foldLogs(
  fold: (file: string) => Promise<void>,
): (replica: Replica) => Promise<void> {
  let underWay: Promise<void> | null = null;
  return async (replica) => {
    const pages = replica.unfoldedPages();
    if (pages < UNFOLDED_PAGES) return;
    underWay ??= fold(replica.file)
      .catch(() => undefined)
      .finally(() => {
        underWay = null;
      });
    if (pages >= UNFOLDED_PAGES_MAX) await underWay;
  };
}

/** Over a connection of its own; others go on reading and writing. */
export function foldLogOf(file: string): void {
  const db = openWritable(file, { durability: 'NORMAL' });
  try {
    translated(file, () => db.pragma('wal_checkpoint(PASSIVE)'));
  } finally {
    db.close();
  }
}
