import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ask, halfSent, rawConnection } from '../../tests/support/edge-client.ts';
import { productRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { createLogger } from '../create-logger.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import type { EdgeLimits } from './edge-limits.ts';

const newFolder = useTempFolders();

let logged: string[] = [];

async function started(limits: Partial<EdgeLimits>): Promise<RunningServer> {
  logged = [];
  const logger = createLogger('warn', { write: (line: string) => void logged.push(line) });
  const options = { dataDir: newFolder(), port: 0, snapshots: false as const, limits, logger };
  const server = await startServer(options);
  onTestFinished(() => server.close());
  return server;
}

function request(input: string): string {
  const procedure = input.includes('cursors') ? 'sync.pull' : 'sync.hello';
  return `POST /trpc/${procedure} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${input.length}\r\n\r\n${input}`;
}

/** When the server has hung up, in whatever way. */
function hungUp(socket: Socket): Promise<void> {
  socket.on('error', () => undefined).resume();
  return new Promise((resolve) => void socket.once('close', resolve));
}

/** Sends a little now and then until somebody hangs up. */
async function drip(socket: Socket, text: string): Promise<void> {
  let isOpen = true;
  const closed = hungUp(socket).then(() => (isOpen = false));
  while (isOpen) {
    socket.write(text);
    await sleep(20);
  }
  await closed;
}

const BODY = { bytesPerSecondMin: 1_000, crawlGraceMs: 100, sweepMs: 50 };

test('a body that crawls is hung up on, however long it would go on', async () => {
  const { url } = await started(BODY);
  await expect(drip(await halfSent(url), ' ')).resolves.toBeUndefined();
  expect((await ask(`${url}/healthz`)).status).toBe(200);
});

test('a body that is slow and goes on is waited for', async () => {
  const { url } = await started({ ...BODY, bytesPerSecondMin: 20 });
  const input = JSON.stringify({ protocol: 1, serverId: null });
  const socket = await rawConnection(url, request(input).slice(0, -input.length));
  const answer = once(socket, 'data');
  for (const character of input) {
    socket.write(character);
    await sleep(15);
  }
  expect(String(await answer)).toMatch(/^HTTP\/1.1 200 /);
});

test('headers that come one by one are not waited for', async () => {
  const { url } = await started({ headersMs: 200, sweepMs: 50 });
  const socket = await rawConnection(url, 'GET /healthz HTTP/1.1\r\n');
  await expect(drip(socket, 'x-more: 1\r\n')).resolves.toBeUndefined();
  const silent = await rawConnection(url, '');
  await hungUp(silent);
  expect((await ask(`${url}/healthz`)).status).toBe(200);
});

test('an answer that nobody takes is given up', async () => {
  const server = await started({ ...BODY, bytesPerSecondMin: 1_000_000_000 });
  const description = 'long '.repeat(400);
  const rows = Array.from({ length: 5_000 }, (_, at) => productRow(at, { description }));
  await commitChanges(server.store, (tx) => tx.insert('product', rows));
  const input = JSON.stringify({
    protocol: 1,
    deviceId: productRow(0).id,
    serverId: null,
    cursors: [{ scope: 'catalogue', epoch: null, version: 0, after: null, startVersion: null }],
    maxRows: 5_000,
  });
  const socket = await rawConnection(server.url, request(input));
  socket.pause();
  // What was under way when the server gave up is all that ever comes.
  await expect
    .poll(() => logged.join(''), { timeout: 20_000 })
    .toContain('answer taken too slowly');
  let received = 0;
  socket.on('data', (chunk: Buffer) => (received += chunk.length));
  await hungUp(socket);
  expect(received).toBeGreaterThan(0);
  expect(received).toBeLessThan(rows.length * description.length);
}, 60_000);
