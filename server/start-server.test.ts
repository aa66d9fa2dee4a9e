import { createGunzip, createZstdDecompress } from 'node:zlib';
import { request } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from '@trpc/client';
import { pino } from 'pino';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { idOf, productRow } from '../tests/support/server-rows.ts';
import { PROTOCOL_VERSION, PROTOCOL_VERSION_OLDEST } from '../shared/sync/protocol.ts';
import { useTempFolders } from '../tests/support/temp-folder.ts';
import type { ServerRouter } from './router.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { DATABASE_FILE } from './store/open-store.ts';
import { commitChanges } from './sync/scope-commit.ts';

const newFolder = useTempFolders();
let server: RunningServer;
let logLines: string[];

beforeEach(async () => {
  logLines = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void logLines.push(line) });
  const started = await startServer({ dataDir: newFolder(), port: 0, name: 'North', logger });
  onTestFinished(started.close);
  server = started;
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Plain HTTP: `fetch` would hide encodings and not let a test lie about its host. */
function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function sendJson(path: string, body: unknown): Promise<Answer> {
  return send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function json(answer: Answer): unknown {
  return JSON.parse(answer.body.toString('utf8'));
}

test('healthz says which server this is and repeats the nonce', async () => {
  const answer = await send('/healthz?nonce=a-B_9');
  expect(json(answer)).toEqual({
    product: 'tallyman',
    status: 'ok',
    serverId: server.store.serverId,
    serverName: 'North',
    protocol: PROTOCOL_VERSION,
    protocolOldest: PROTOCOL_VERSION_OLDEST,
    signIn: 'open',
    nonce: 'a-B_9',
  });
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect((await send('/healthz')).status).toBe(200);
  for (const bad of ['?nonce=%3Cscript%3E', '?nonce=a&nonce=b', '?other=1', '?nonce=']) {
    expect((await send(`/healthz${bad}`)).status).toBe(400);
  }
});

test('queries may be called by POST, alone and in a batch', async () => {
  const input = { protocol: 1, serverId: null };
  for (const link of [httpLink, httpBatchLink]) {
    const client = createTRPCClient<ServerRouter>({
      links: [link({ url: `${server.url}/trpc`, methodOverride: 'POST' })],
    });
    const [a, b] = await Promise.all([
      client.sync.hello.query(input),
      client.sync.hello.query(input),
    ]);
    expect([a.serverId, b.serverId]).toEqual([server.store.serverId, server.store.serverId]);
  }
});

test('an error has our code and words, and neither a stack nor a cause', async () => {
  const client = createTRPCClient<ServerRouter>({
    links: [httpLink({ url: `${server.url}/trpc`, methodOverride: 'POST' })],
  });
  const error: unknown = await client.catalogue.products.byId
    .query({ id: idOf(1) })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TRPCClientError);
  expect((error as TRPCClientError<ServerRouter>).data?.wire).toEqual({
    code: 'NOT_FOUND',
    message: 'There is no such product.',
    retryable: false,
    details: { id: idOf(1) },
  });
});

test('nothing that goes wrong shows a stack, a path or SQL', async () => {
  const unexpected = 'no such table: product_secret at /srv/data';
  server.store.reader.transaction = () => {
    throw new Error(unexpected);
  };
  const answers = [
    await sendJson('/trpc/sync.hello', { protocol: 1, serverId: null }),
    await sendJson('/trpc/sync.hello', { protocol: 'one' }),
    await sendJson('/trpc/catalogue.products.upsert', { ...productRow(1), surprise: 1 }),
    await sendJson('/trpc/no.such', {}),
    await send('/trpc/sync.hello', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"protocol":',
    }),
    await send('/trpc/sync.hello?input=%7B'),
    await send('/nothing/here'),
    await send('/trpc/catalogue.products.upsert', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    }),
    await send('/trpc/catalogue.products.upsert'),
    await send('/trpc/sync.hello', { method: 'DELETE' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([
    500, 400, 400, 404, 400, 400, 404, 415, 405, 405,
  ]);
  for (const { body } of answers) {
    const text = body.toString('utf8');
    const { error } = JSON.parse(text) as { error: { data: { wire: { code: string } } } };
    expect(error.data.wire.code).toMatch(/^(BAD_INPUT|NOT_FOUND|SERVER_ERROR)$/);
    expect(text).not.toMatch(/stack|\.ts|node_modules|secret|select |\/srv/i);
  }
  // The log of the server keeps what it must not tell.
  expect(logLines.some((line) => line.includes(unexpected))).toBe(true);
});

test('requests that are too large, too long or too many at once end quickly and alone', async () => {
  const commas = await send(`/trpc/${','.repeat(10_000)}?batch=1`);
  expect(commas.status).toBe(400);
  const names = Array.from({ length: 21 }, () => 'sync.hello').join();
  expect((await send(`/trpc/${names}?batch=1&input=%7B%7D`)).status).toBe(400);
  const large = await sendJson('/trpc/sync.hello', { text: 'x'.repeat(3_000_000) });
  expect(large.status).toBe(413);
  expect((await send('/healthz')).status).toBe(200);
});

test('only its own address is answered, and no foreign web page', async () => {
  for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example']) {
    expect((await send('/healthz', { headers: { host } })).status).toBe(421);
  }
  for (const host of ['localhost', 'LOCALHOST:1234', '[::1]:80']) {
    expect((await send('/healthz', { headers: { host } })).status).toBe(200);
  }
  const origin = { origin: 'https://evil.example' };
  expect((await send('/healthz', { headers: origin })).status).toBe(403);
  expect((await send('/healthz', { headers: { origin: 'null' } })).status).toBe(403);
  expect((await send('/healthz', { headers: { origin: server.url } })).status).toBe(200);
});

test('large answers are compressed as the other side likes', async () => {
  const products = Array.from({ length: 500 }, (_, at) => productRow(at));
  await commitChanges(server.store, (tx) => tx.insert('product', products));
  const path = `/trpc/catalogue.products.list?input=${encodeURIComponent('{"limit":500}')}`;
  const plain = await send(path);
  const wanted = json(plain);
  expect(plain.headers['content-encoding']).toBeUndefined();
  for (const [accepted, encoding, unpack] of [
    ['gzip, deflate, br, zstd', 'zstd', createZstdDecompress],
    ['zstd;q=0, gzip', 'gzip', createGunzip],
  ] as const) {
    const packed = await send(path, { headers: { 'accept-encoding': accepted } });
    expect(packed.headers['content-encoding']).toBe(encoding);
    expect(packed.headers['vary']).toBe('accept-encoding');
    expect(packed.headers['content-length']).toBe(String(packed.body.length));
    expect(packed.body.length).toBeLessThan(plain.body.length / 4);
    const stream = unpack();
    stream.end(packed.body);
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    expect(JSON.parse(Buffer.concat(parts).toString('utf8'))).toEqual(wanted);
  }
  const small = await send('/healthz', { headers: { 'accept-encoding': 'zstd' } });
  expect(small.headers['content-encoding']).toBeUndefined();
});

test('a pull that finds nothing new is a small answer', async () => {
  const { epoch } = await server.store.reader
    .selectFrom('sync_scope')
    .select('epoch')
    .executeTakeFirstOrThrow();
  const cursor = { scope: 'catalogue', epoch, version: 0, after: null, startVersion: null };
  const input = {
    protocol: 1,
    deviceId: idOf(1),
    serverId: null,
    cursors: [cursor],
    maxRows: 5_000,
  };
  const answer = await sendJson('/trpc/sync.pull', input);
  expect(JSON.stringify(input).length + answer.body.length).toBeLessThan(1_000);
});

test('the log has a line per request with its id, and not what was asked', async () => {
  const answer = await send('/trpc/sync.hello?input=%22my-words%22');
  const id = String(answer.headers['x-request-id']);
  const line = logLines.map((text) => JSON.parse(text) as Record<string, unknown>);
  expect(line).toContainEqual(
    expect.objectContaining({ reqId: id, path: '/trpc/sync.hello', status: 400 }),
  );
  expect(logLines.join('')).not.toContain('my-words');
});

test('a port that is taken, a folder that cannot be made and a damaged file are named', async () => {
  const { port } = new URL(server.url);
  await expect(startServer({ dataDir: newFolder(), port: Number(port) })).rejects.toMatchObject({
    message: `Port ${port} is in use by another program. Stop that one, or give another --port.`,
  });
  await expect(
    startServer({ dataDir: join(newFolder(), 'not', 'there'), port: 0 }),
  ).rejects.toMatchObject({ code: 'DATA_FOLDER_MISSING' });
  const dataDir = newFolder();
  writeFileSync(join(dataDir, DATABASE_FILE), 'this is no database, though long enough'.repeat(99));
  await expect(startServer({ dataDir, port: 0 })).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
});
