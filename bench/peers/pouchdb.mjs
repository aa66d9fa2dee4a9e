import { join } from 'node:path';
import PouchDB from 'pouchdb';

/** The default of 100 costs three round trips per 100 rows. */
const BATCH_ROWS = 1_000;

/**
 * PouchDB on LevelDB, replicated over CouchDB's protocol. Old revisions are not kept. Its indexes on other fields than
 * the key are built at the first query that wants them, so no time of theirs is in here.
 * https://pouchdb.com/api.html#replication
 * @type {import('./peer.ts').Peer}
 */
export const peer = {
  version: PouchDB.version,
  durable: true,
  hasTextIndex: false,
  open: async ({ folder, sourceUrl }) => {
    const database = new PouchDB(join(folder, 'pouch'), { adapter: 'leveldb', revs_limit: 1 });
    const source = new PouchDB(`${sourceUrl}/couch`, { skip_setup: true });
    return {
      sync: async () => {
        await PouchDB.replicate(source, database, { batch_size: BATCH_ROWS });
      },
      count: async () => (await database.info()).doc_count,
      nameOf: async (id) => (await database.get(id)).name,
      close: () => database.close(),
    };
  },
};
