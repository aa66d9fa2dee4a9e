import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { product } from '../../shared/entities/product.ts';
import { ask, halfSent, posted, rawConnection } from '../support/edge-client.ts';
import { productRow } from '../support/server-rows.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { TrialLaptop } from '../support/trial-laptop.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';

const newFolder = useTempFolders();
/** Of each kind, all at once. */
const EACH = 40;
const ROWS = 3_000;
/** Times are shortened, numbers are those of a server whose bounds are reached. */
const LIMITS = {
  connections: 400,
  connectionsPerAddress: 300,
  bodiesAtOnce: 150,
  bodiesAtOncePerAddress: 150,
  headersMs: 1_000,
  crawlGraceMs: 1_000,
  sweepMs: 100,
};

let isOver = false;

/** A little, now and then, for as long as the other side puts up with it. */
async function drip(opening: Promise<Socket>, text: string): Promise<void> {
  const socket = await opening.catch(() => null);
  if (socket === null) return;
  let isOpen = true;
  socket.on('error', () => undefined).resume();
  socket.once('close', () => (isOpen = false));
  while (isOpen && !isOver) {
    socket.write(text);
    await sleep(50);
  }
  socket.destroy();
}

/** Asks for everything there is and takes none of it. */
async function neverReads(url: string): Promise<void> {
  const input = encodeURIComponent('{"limit":500}');
  const text = `GET /trpc/catalogue.products.list?input=${input} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  const socket = await rawConnection(url, text.repeat(50)).catch(() => null);
  socket?.on('error', () => undefined).pause();
  while (socket && !isOver) await sleep(50);
  socket?.destroy();
}

/** One bad request after the other. What is said to each is looked at; being hung up on is an answer, too. */
async function again(send: () => Promise<{ status: number }>, seen: Set<number>): Promise<void> {
  while (!isOver) {
    const answer = await send().catch(() => null);
    if (answer) seen.add(answer.status);
    else await sleep(20);
  }
}

function attack({ url }: RunningServer, seen: Set<number>): Promise<unknown> {
  const each = (work: () => Promise<void>, times = EACH): Promise<unknown> =>
    Promise.all(Array.from({ length: times }, work));
  const path = `${url}/trpc/sync.hello`;
  const large = `{"text":"${'x'.repeat(3_000_000)}"}`;
  const batch = `${url}/trpc/${Array.from({ length: 21 }, () => 'sync.hello').join()}?batch=1`;
  return Promise.all([
    each(() => drip(rawConnection(url, 'GET / HTTP/1.1\r\n'), 'x: 1\r\n')),
    each(() => drip(halfSent(url), ' ')),
    each(() => drip(rawConnection(url, ''), '')),
    each(() => neverReads(url)),
    each(() => again(() => ask(path, posted('{"protocol":')), seen), 2),
    each(() => again(() => ask(path, posted('['.repeat(50_000))), seen), 2),
    each(() => again(() => ask(path, posted(large)), seen), 2),
    each(() => again(() => ask(batch, posted('{}')), seen), 2),
    each(() => again(() => ask(`${url}/trpc/${','.repeat(2_000)}?batch=1`), seen), 2),
    each(() => again(() => ask(`${url}/%00/../..`), seen), 2),
  ]);
}

const openConnections = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;

test('an honest laptop syncs in the middle of a flood, and nothing of the flood is left behind', async () => {
  const options = { dataDir: newFolder(), port: 0, snapshots: false as const, limits: LIMITS };
  const server = await startServer(options);
  onTestFinished(() => server.close());
  const rows = Array.from({ length: ROWS }, (_, at) => productRow(at));
  await commitChanges(server.store, (tx) => tx.insert('product', rows));
  const before = openConnections();

  const seen = new Set<number>();
  const flood = attack(server, seen);
  await sleep(500);
  const laptop = new TrialLaptop(newFolder(), server.url);
  onTestFinished(() => laptop.close());
  // A busy server may send it away; then it comes again, as the queue of the app does.
  await expect
    .poll(() => laptop.sync().then(() => 'synced', String), { timeout: 60_000, interval: 500 })
    .toBe('synced');
  const last = rows.at(-1);
  expect(laptop.repository(product).get(String(last?.id))).toMatchObject({ sku: last?.sku });
  expect((await ask(`${server.url}/healthz`)).status).toBe(200);
  isOver = true;
  await flood;

  // Every one of these was told what is wrong with it; none has upset the server.
  expect([...seen].filter((status) => ![400, 404, 413, 503].includes(status))).toEqual([]);
  expect(seen.size).toBeGreaterThan(2);
  await expect.poll(openConnections, { timeout: 20_000 }).toBeLessThanOrEqual(before + 4);
  expect((await ask(`${server.url}/healthz`)).status).toBe(200);
}, 120_000);
