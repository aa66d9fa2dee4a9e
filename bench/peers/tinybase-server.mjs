import { createServer } from 'node:http';
import { createMergeableStore } from 'tinybase';
import { createCustomPersister, Persists } from 'tinybase/persisters';
import { createWsServer } from 'tinybase/synchronizers/synchronizer-ws-server';
import { WebSocketServer } from 'ws';
import { fetchPage } from './fetch-page.ts';
import { setRows } from './tinybase-rows.mjs';

/**
 * The other side that TinyBase needs: a store of its own with the source's rows, served over a web socket. Each message
 * makes it fetch what is new at the source, and is answered with what it has sent. Ends with its starter.
 */
const store = createMergeableStore('server');
const sockets = new Set();
let cursor = 0;
let bytesOfClosed = 0;

const http = createServer();
http.on('connection', (socket) => {
  sockets.add(socket);
  socket.once('close', () => {
    sockets.delete(socket);
    bytesOfClosed += socket.bytesWritten;
  });
});
createWsServer(new WebSocketServer({ server: http, maxPayload: 0 }), () =>
  createCustomPersister(
    store,
    async () => undefined,
    async () => undefined,
    () => null,
    () => undefined,
    undefined,
    Persists.MergeableStoreOnly,
  ),
);

process.on('SIGINT', () => undefined);
process.once('disconnect', () => process.exit());
process.on('message', ({ sourceUrl, refresh }) => void answer(sourceUrl, refresh));
http.listen(0, '127.0.0.1');

async function answer(sourceUrl, refresh) {
  if (refresh) {
    const page = await fetchPage(sourceUrl, { form: 'objects', after: cursor });
    setRows(store, page.rows);
    cursor = page.cursor;
  }
  const bytesSent = [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, bytesOfClosed);
  process.send({ port: http.address().port, bytesSent });
}
