import { join } from 'node:path';
import { fetchPage, type Page } from './fetch-page.ts';
import type { Peer, PeerClient, PeerContext } from './peer.ts';
import { PeerTable, type ProductRow } from './peer-table.ts';
import { sqliteVersion } from '../../main/store/sqlite.ts';

/**
 * What the machine itself needs: better-sqlite3 alone puts rows that are there already into one table with its indexes
 * and the shortest search index, in one transaction. A delta is an upsert and one empty round trip, and a run that
 * finds nothing is the round trip.
 */
export const peer: Peer = {
  version: `SQLite ${sqliteVersion()}`,
  durable: true,
  hasTextIndex: true,
  open: async ({ folder, sourceUrl }: PeerContext): Promise<PeerClient> => {
    const table = new PeerTable(join(folder, 'raw-limit.db'));
    let fetched: Page<ProductRow> = { rows: [], cursor: 0, more: false };
    const fetchAfter = (after: number): Promise<Page<ProductRow>> =>
      fetchPage(sourceUrl, { form: 'arrays', after });
    return {
      prepare: async () => {
        fetched = await fetchAfter(table.cursor);
      },
      sync: async () => {
        const { rows, cursor } = fetched;
        fetched = { ...fetched, rows: [] };
        if (!table.hasIndexes) {
          table.begin();
          table.insert(rows);
          table.commit(cursor);
          table.buildIndexes();
          return;
        }
        if (rows.length > 0) table.replace(rows, cursor);
        await fetchAfter(cursor);
      },
      count: async () => table.count(),
      nameOf: async (id) => table.nameOf(id),
      close: async () => table.close(),
    };
  },
};
