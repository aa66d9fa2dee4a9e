import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createMergeableStore } from 'tinybase';
import { createBetterSqlite3Persister } from 'tinybase/persisters/persister-better-sqlite3';
import { createWsSynchronizer } from 'tinybase/synchronizers/synchronizer-ws-client';
import { WebSocket } from 'ws';
import { TABLE } from './tinybase-rows.mjs';

const { version } = JSON.parse(
  readFileSync(new URL('node_modules/tinybase/package.json', import.meta.url), 'utf8'),
);
/** The default of one second is over before a server has put 100,000 rows into one message. */
const REQUEST_SECONDS_MAX = 600;

/**
 * A mergeable store that synchronizes with a server's over a web socket, and is saved to SQLite when that has changed it.
 * A mergeable store can be saved as one JSON text only. It lives in memory and has no index on disk.
 * https://tinybase.org/guides/synchronization/using-a-synchronizer/
 * https://tinybase.org/guides/persistence/database-persistence/
 * @type {import('./peer.ts').Peer}
 */
export const peer = {
  version,
  durable: true,
  hasTextIndex: false,
  open: async ({ folder, sourceUrl }) => {
    const server = fork(new URL('tinybase-server.mjs', import.meta.url), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // It holds all rows with a stamp per cell under the same limit, and may be the first to need more.
    const ended = once(server, 'exit').then(([code, by]) => {
      throw new Error(`its own server ended: ${by ?? code}`);
    });
    ended.catch(() => undefined);
    const ask = async (refresh) => {
      server.send({ sourceUrl, refresh });
      const [answer] = await Promise.race([once(server, 'message'), ended]);
      return answer;
    };
    const { port } = await ask(true);
    const database = new Database(join(folder, 'tinybase.db'));
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    const store = createMergeableStore('client');
    const persister = createBetterSqlite3Persister(store, database, 'product');
    let hasChanged = false;
    store.addTablesListener(() => (hasChanged = true));
    const socket = new WebSocket(`ws://127.0.0.1:${port}/products`, { maxPayload: 0 });
    const synchronizer = await createWsSynchronizer(store, socket, REQUEST_SECONDS_MAX);
    return {
      prepare: async () => {
        await ask(true);
      },
      sync: async () => {
        await Promise.race([synchronizer.startSync(), ended]);
        await synchronizer.stopSync();
        if (hasChanged) await persister.save();
        hasChanged = false;
      },
      count: async () => store.getRowCount(TABLE),
      nameOf: async (id) => store.getCell(TABLE, id, 'name'),
      bytesReceived: async () => (await ask(false)).bytesSent,
      close: async () => {
        await synchronizer.destroy();
        database.close();
        server.disconnect();
      },
    };
  },
};
