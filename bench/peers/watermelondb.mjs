import { createRequire } from 'node:module';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fetchPage } from './fetch-page.ts';

const require = createRequire(import.meta.url);
const watermelon = require('@nozbe/watermelondb');
const { default: SQLiteAdapter } = require('@nozbe/watermelondb/adapters/sqlite');
const { synchronize } = require('@nozbe/watermelondb/sync');
const { version } = require('@nozbe/watermelondb/package.json');

const TABLE = 'product';
const text = (name, isIndexed = false) => ({ name, type: 'string', isIndexed });
const number = (name) => ({ name, type: 'number' });

const schema = watermelon.appSchema({
  version: 1,
  tables: [
    watermelon.tableSchema({
      name: TABLE,
      columns: [
        text('sku', true),
        text('name'),
        text('brand'),
        text('category'),
        text('barcode', true),
        number('price_minor'),
        text('unit'),
        number('min_stock'),
      ],
    }),
  ],
});

class Product extends watermelon.Model {
  static table = TABLE;
}

/**
 * WatermelonDB on better-sqlite3, its only adapter for Node that keeps rows in a file. The native adapters open their
 * files in WAL mode; the one for Node does not, so we set it. `unsafeTurbo` needs React Native's JSI, and
 * `_unsafeBatchPerCollection` takes a fifth longer here.
 * https://watermelondb.dev/docs/Sync/Frontend
 * @param {number | undefined} pageRows all rows in one answer if not given, as WatermelonDB's protocol has it
 * @returns {import('./peer.ts').Peer}
 */
export function watermelonPeer(pageRows) {
  return {
    version,
    durable: true,
    hasTextIndex: false,
    open: async ({ folder, sourceUrl }) => {
      const file = join(folder, 'watermelon.db');
      const adapter = new SQLiteAdapter({ schema, dbName: file });
      await adapter.initializingPromise;
      const second = new Database(file);
      second.pragma('journal_mode = WAL');
      second.close();
      const database = new watermelon.Database({ adapter, modelClasses: [Product] });
      const products = database.get(TABLE);
      let hasMore = false;
      // The rows of a first sync are new, and nothing is new afterwards, as a backend would tell.
      let isFirst = true;
      const pullChanges = async ({ lastPulledAt }) => {
        const page = await fetchPage(sourceUrl, {
          form: 'objects',
          after: lastPulledAt ?? 0,
          limit: pageRows,
        });
        hasMore = page.more;
        return { changes: { [TABLE]: changeSet(page.rows, isFirst) }, timestamp: page.cursor };
      };
      return {
        sync: async () => {
          do {
            await synchronize({ database, pullChanges });
          } while (hasMore);
          isFirst = false;
        },
        count: () => products.query().fetchCount(),
        nameOf: async (id) => {
          const [row] = await products.query(watermelon.Q.where('id', id)).unsafeFetchRaw();
          return row?.name;
        },
        close: async () => undefined,
      };
    },
  };
}

function changeSet(rows, areNew) {
  return { created: areNew ? rows : [], updated: areNew ? [] : rows, deleted: [] };
}

/** All rows in one answer: the protocol as it is documented, and the fastest way. */
export const peer = watermelonPeer();
