import { sql } from 'kysely';
import { flavourOf } from '../../store/engine/flavour-of.ts';
import type { ServerStore } from '../../store/open-store.ts';

/** Less than this is not worth a word. */
const WORTH_BYTES = 64 * 1024 * 1024;

export interface StorageHints {
  /** Within the database, to be used again by it. */
  freeBytes: number;
  hint: string | null;
}

/** Lets the engine look at its statistics anew, and says what a person might do about the room that was given up. */
export async function storageHints({ writer }: ServerStore): Promise<StorageHints> {
  if (!flavourOf(writer).writesAlone) {
    for (const table of ['sync_change', 'sync_mutation']) {
      await sql`analyze ${sql.table(table)}`.execute(writer);
    }
    return { freeBytes: 0, hint: null };
  }
  await sql`pragma optimize`.execute(writer);
  const pages = await sql<{ freelist_count: number }>`pragma freelist_count`.execute(writer);
  const size = await sql<{ page_size: number }>`pragma page_size`.execute(writer);
  const freeBytes = (pages.rows[0]?.freelist_count ?? 0) * (size.rows[0]?.page_size ?? 0);
  const hint =
    freeBytes >= WORTH_BYTES
      ? 'The file keeps its size and uses the free part again. To make it smaller, stop the server and run VACUUM on server.db with the sqlite3 program.'
      : null;
  return { freeBytes, hint };
}
