import type { WritableDatabase } from './sqlite.ts';

/**
 * Does `work` on a `FULL` connection so that its commits do not wait for the disk: for bookkeeping that costs nobody
 * anything if it is lost with the power. In WAL mode this is safe (https://sqlite.org/pragma.html#pragma_synchronous):
 *
 * - the file stays consistent, and a commit outlives the process, whoever kills it: only the power or the operating
 *   system can take it away;
 * - order is kept: frames of the log are one chain of checksums, so recovery never finds a commit without those before
 *   it (https://sqlite.org/fileformat2.html#wal_file_format);
 * - the next `FULL` commit flushes the whole log, and with it what was committed here.
 *
 * SQLite refuses to change the setting inside a transaction, so there this throws: what a person did never becomes less
 * durable because something of ours shares its transaction. The setting takes effect when the pragma is compiled, so it
 * cannot be prepared once.
 */
export function withoutFlush<T>(db: WritableDatabase, work: () => T): T {
  db.pragma('synchronous = NORMAL');
  try {
    return work();
  } finally {
    db.pragma('synchronous = FULL');
  }
}
