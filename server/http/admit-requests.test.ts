import { expect, onTestFinished, test } from 'vitest';
import { halfSent } from '../../tests/support/edge-client.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import type { EdgeLimits } from './edge-limits.ts';

const newFolder = useTempFolders();

async function started(limits: Partial<EdgeLimits>): Promise<RunningServer> {
  const server = await startServer({ dataDir: newFolder(), port: 0, snapshots: false, limits });
  onTestFinished(() => server.close());
  return server;
}

const statusOf = async ({ url }: RunningServer, path: string): Promise<number> =>
  (await fetch(`${url}${path}`)).status;

async function hello({ url }: RunningServer): Promise<Response> {
  return fetch(`${url}/trpc/sync.hello`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ protocol: 1, serverId: null }),
  });
}

test('bodies beyond the bound are told to come back, and broken off ones give their place free', async () => {
  const server = await started({ bodiesAtOnce: 8, bodiesAtOncePerAddress: 99 });
  const sockets = await Promise.all(Array.from({ length: 8 }, () => halfSent(server.url)));
  await expect.poll(async () => (await hello(server)).status).toBe(503);
  const refused = await hello(server);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    error: { data: { wire: { code: 'SERVER_BUSY', retryable: true } } },
  });
  // Work that needs no body goes on, and so does whoever looks after the server.
  const input = encodeURIComponent(JSON.stringify({ protocol: 1, serverId: null }));
  expect(await statusOf(server, `/trpc/sync.hello?input=${input}`)).toBe(200);
  expect(await statusOf(server, '/healthz')).toBe(200);
  for (const socket of sockets) socket.destroy();
  await expect.poll(async () => (await hello(server)).status).toBe(200);
});

test('one address has a bound of its own', async () => {
  const server = await started({ bodiesAtOnce: 99, bodiesAtOncePerAddress: 3 });
  const sockets = await Promise.all(Array.from({ length: 3 }, () => halfSent(server.url)));
  await expect.poll(async () => (await hello(server)).status).toBe(503);
  for (const socket of sockets) socket.destroy();
  await expect.poll(async () => (await hello(server)).status).toBe(200);
});

test('work beyond the bound is told to come back, the question after health is answered', async () => {
  const server = await started({ requestsAtOnce: 0 });
  expect((await hello(server)).status).toBe(503);
  expect(await statusOf(server, '/trpc/sync.hello')).toBe(503);
  expect(await statusOf(server, '/healthz?nonce=n')).toBe(200);
});

test('a main thread that is late again and again is given nothing more, until it has caught up', async () => {
  const server = await started({ loopLateMs: 30 });
  const hold = setInterval(() => {
    const until = performance.now() + 100;
    while (performance.now() < until);
  }, 0);
  await expect.poll(async () => (await hello(server)).status, { timeout: 20_000 }).toBe(503);
  expect(await statusOf(server, '/healthz')).toBe(200);
  clearInterval(hold);
  await expect.poll(async () => (await hello(server)).status, { timeout: 20_000 }).toBe(200);
}, 60_000);
