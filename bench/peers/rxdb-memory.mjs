import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { RXDB_VERSION } from 'rxdb/plugins/utils';
import { fetchPage } from './fetch-page.ts';

/** The default of 100 costs a round trip per 100 rows. */
const PAGE_ROWS = 5_000;
const TEXT_LENGTH_MAX = 200;

const indexed = { type: 'string', maxLength: TEXT_LENGTH_MAX };
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 36 },
    sku: indexed,
    name: { type: 'string' },
    brand: { type: 'string' },
    category: { type: 'string' },
    barcode: indexed,
    price_minor: { type: 'number' },
    unit: { type: 'string' },
    min_stock: { type: 'number' },
  },
  required: ['id', 'sku', 'name', 'barcode'],
  indexes: ['sku', 'barcode'],
};

/**
 * RxDB's replication into its memory storage: nothing is kept, because no storage that is free keeps rows in files under
 * Node. `eventReduce` and the schema checks of development are off, as in production.
 * https://rxdb.info/replication.html https://rxdb.info/rx-storage-memory.html
 * @type {import('./peer.ts').Peer}
 */
export const peer = {
  version: RXDB_VERSION,
  durable: false,
  hasTextIndex: false,
  open: async ({ sourceUrl }) => {
    const database = await createRxDatabase({
      name: 'products',
      storage: getRxStorageMemory(),
      multiInstance: false,
      eventReduce: false,
    });
    const { product } = await database.addCollections({ product: { schema } });
    let replication = null;
    const start = () =>
      replicateRxCollection({
        collection: product,
        replicationIdentifier: 'products',
        live: true,
        waitForLeadership: false,
        pull: {
          batchSize: PAGE_ROWS,
          handler: async (checkpoint, limit) => {
            const after = checkpoint?.cursor ?? 0;
            const { rows, cursor } = await fetchPage(sourceUrl, { form: 'objects', after, limit });
            for (const row of rows) Object.assign(row, { _deleted: false });
            return { documents: rows, checkpoint: { cursor } };
          },
        },
      });
    return {
      sync: async () => {
        if (replication === null) {
          replication = start();
          await replication.awaitInitialReplication();
          return;
        }
        replication.reSync();
        await replication.awaitInSync();
      },
      count: () => product.count().exec(),
      nameOf: async (id) => (await product.findOne(id).exec())?.name,
      close: async () => {
        await database.close();
      },
    };
  },
};
