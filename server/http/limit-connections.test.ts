import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type ConnectionLimits, limitConnections } from './limit-connections.ts';

async function listening(limits: ConnectionLimits, isProxy = false): Promise<() => Socket> {
  const server = createServer((_, response) => response.end('ok'));
  limitConnections(server, limits, () => isProxy);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    return socket.on('error', () => undefined);
  };
}

/** Whether a request on it is answered; if not, somebody has hung up. */
async function isServed(socket: Socket): Promise<boolean> {
  const answer = once(socket, 'data').then(() => true);
  const end = new Promise<boolean>((resolve) => void socket.once('close', () => resolve(false)));
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  return Promise.race([answer.catch(() => false), end]);
}

test('an address has so many connections and no more, until one of them ends', async () => {
  const open = await listening({ connections: 99, connectionsPerAddress: 3 });
  const first = [open(), open(), open()];
  for (const socket of first) expect(await isServed(socket)).toBe(true);
  expect(await isServed(open())).toBe(false);
  // Whoever was there before is not disturbed.
  for (const socket of first) expect(await isServed(socket)).toBe(true);
  first[0]?.destroy();
  await expect.poll(() => isServed(open())).toBe(true);
});

test('all addresses together have a bound, too', async () => {
  const open = await listening({ connections: 2, connectionsPerAddress: 99 });
  expect(await isServed(open())).toBe(true);
  expect(await isServed(open())).toBe(true);
  expect(await isServed(open())).toBe(false);
});

test('a proxy stands for many others', async () => {
  const open = await listening({ connections: 99, connectionsPerAddress: 1 }, true);
  for (let at = 0; at < 5; at++) expect(await isServed(open())).toBe(true);
});
