import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { serveProcess } from '../bench-process.ts';

const PAGE =
  '<!doctype html><html lang="en"><head><title>One row</title></head>' +
  '<body><div role="option">One row</div></body></html>';

const http = fastify({ forceCloseConnections: true });

/** The limit of opening the app's page: the same kind of server has one page, which is one row. */
serveProcess(
  async (): Promise<string> => {
    http.get('/', async (_, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
    await http.listen({ host: '127.0.0.1', port: 0 });
    return `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  },
  () => http.close(),
);
