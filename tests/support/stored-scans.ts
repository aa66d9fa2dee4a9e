import { WorkStore } from '../../main/store/work-store.ts';

export interface StoredScans {
  ids: readonly string[];
  texts: readonly string[];
  /** By product. */
  totals: ReadonlyMap<string, number>;
}

/** What tallies hold in a data folder, whoever owns it. */
export function storedScans(folder: string): StoredScans {
  const store = WorkStore.openForReading(folder);
  const column = (name: string): string[] =>
    store.db.prepare(`SELECT ${name} FROM tally_entry ORDER BY position`).pluck().all() as string[];
  try {
    const lines = store.db.prepare('SELECT product_id, scanned FROM tally_line').raw().all();
    return {
      ids: column('entry_id'),
      texts: column('text'),
      totals: new Map(lines as [string, number][]),
    };
  } finally {
    store.close();
  }
}
