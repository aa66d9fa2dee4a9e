import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { CouchSource } from './couch-source.ts';
import { type LogEntry, PRODUCT_COLUMNS, type ProductLog } from './product-log.ts';
import { sendJson, sendJsonList } from './send-json.ts';

const KEEP_ALIVE_MS = 600_000;

export interface ProductSource {
  /** `GET /objects` and `GET /arrays`, each with `after` and `limit`, and CouchDB's replication under `/couch`. */
  url: string;
  /** `POST /change/<count>` changes products and answers with one of them; `GET /bytes` tells what `url` has sent. */
  controlUrl: string;
  close: () => Promise<void>;
}

/** A plain HTTP server with nothing but pages of rows, so that no peer is measured by our protocol. */
export async function startProductSource(
  log: ProductLog,
  random: () => number,
): Promise<ProductSource> {
  const couch = new CouchSource(log);
  const source = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://source');
    if (url.pathname.startsWith('/couch')) {
      couch.answer(request, url, response).catch((error: unknown) => {
        sendJson(response, { error: String(error) }, 500);
      });
    } else if (url.pathname === '/') sendJson(response, { couchdb: 'Welcome', uuid: 'source' });
    else sendPage(log, url, response);
  });
  // A peer that blocks its thread for long would come back to a connection that the source has closed meanwhile.
  source.keepAliveTimeout = KEEP_ALIVE_MS;
  const bytesSent = countBytes(source);
  const control = createServer((request, response) => {
    const [, count] = /^\/change\/(\d+)$/.exec(request.url ?? '') ?? [];
    sendJson(response, count === undefined ? bytesSent() : log.change(Number(count), random));
  });
  control.keepAliveTimeout = KEEP_ALIVE_MS;
  return {
    url: await listen(source),
    controlUrl: await listen(control),
    close: async () => {
      for (const server of [source, control]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function sendPage(log: ProductLog, url: URL, response: ServerResponse): void {
  const after = Number(url.searchParams.get('after'));
  const limit = Number(url.searchParams.get('limit') ?? Infinity);
  const { entries, cursor, more } = log.page(after, limit);
  sendJsonList(response, {
    head: `{"cursor":${cursor},"more":${more},"rows":[`,
    items: entries,
    textOf: url.pathname === '/arrays' ? arrayOf : ({ json }) => json,
    tail: ']}',
  });
}

function arrayOf({ product }: LogEntry): string {
  return JSON.stringify(PRODUCT_COLUMNS.map((column) => product[column]));
}

function countBytes(server: Server): () => number {
  const open = new Set<Socket>();
  let ofClosed = 0;
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      ofClosed += socket.bytesWritten;
    });
  });
  return () => [...open].reduce((sum, { bytesWritten }) => sum + bytesWritten, ofClosed);
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
