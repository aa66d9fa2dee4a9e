import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createTrpcSyncServer } from '../../main/sync/trpc-sync-server.ts';

/** Short, because the test waits for them. */
const TIMEOUTS = { connectMs: 5_000, answerMs: 200, pieceMs: 200 };

/** Asks a server that behaves so. */
async function ask(answer: (response: ServerResponse) => void): Promise<unknown> {
  const http = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const server = createTrpcSyncServer(`http://127.0.0.1:${port}`, { timeouts: TIMEOUTS });
  onTestFinished(async () => {
    await server.close();
    http.closeAllConnections();
    http.close();
  });
  const asked = { protocol: 2, serverId: null, scope: 'catalogue' };
  return server.digests(asked as never, AbortSignal.timeout(20_000));
}

test('a server that takes a call and never answers is given up, and tried again later', async () => {
  await expect(ask(() => undefined)).rejects.toMatchObject({
    code: 'SERVER_TIMEOUT',
    retryable: true,
  });
});

test('an answer that stops in the middle is given up, and asked for again later', async () => {
  const stopping = ask((response) => void response.writeHead(200).write('{"result":'));
  await expect(stopping).rejects.toMatchObject({ code: 'SERVER_TIMEOUT', retryable: true });
});

test('an answer may take longer than a call as long as it goes on', async () => {
  const slow = ask((response) => {
    const pieces = ['{"result"', ':{"data"', ':{"epo', 'ch":"e"', ',"versi', 'on":7', '}}', '}'];
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => {
      const piece = pieces.shift();
      if (piece === undefined) {
        clearInterval(timer);
        response.end();
      } else response.write(piece);
    }, 50);
  });
  await expect(slow).resolves.toMatchObject({ version: 7 });
});
