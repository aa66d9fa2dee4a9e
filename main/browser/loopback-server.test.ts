import { PHOTO_TEXT_MAX } from '../../shared/desktop/photo-views.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTRPCClient, createWSClient, type TRPCClientError, wsLink } from '@trpc/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { SyncEvent } from '../../shared/desktop/sync-state.ts';
import { createFakeDesktopApp, type FakeDesktopApp } from '../../tests/fakes/desktop-app.ts';
import { TRAVERSAL_CORPUS } from '../../tests/fixtures/traversal-corpus.ts';
import type { DesktopRouter } from '../app/desktop-router.ts';
import { CONTENT_SECURITY_POLICY, openRendererFiles } from '../app/renderer-files.ts';
import { type LoopbackServer, openLoopbackServer } from './loopback-server.ts';

let folder: string;
let app: FakeDesktopApp;
let server: LoopbackServer;
let origin: string;
let port: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-browser-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  app = createFakeDesktopApp();
  let drawn = 0;
  server = await openLoopbackServer({
    app,
    files: openRendererFiles(folder),
    port: 0,
    randomText: () => `random-${++drawn}`,
  });
  ({ origin } = new URL(server.newAddress()));
  port = Number(new URL(origin).port);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends the path as it is: `fetch` would straighten it, and would not let us lie about the host. */
function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    })
      .on('error', reject)
      .end();
  });
}

async function signIn(): Promise<string> {
  const { pathname, search } = new URL(server.newAddress());
  const answer = await get(pathname + search);
  return answer.headers['set-cookie']![0]!.split(';')[0]!;
}

/** `open`, or the status that refused the handshake. */
function handshake(path: string, headers: Record<string, string>): Promise<'open' | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (_, response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

test('a token is exchanged for a strict cookie, leaves the address and works once', async () => {
  const { pathname, search } = new URL(server.newAddress());
  const first = await get(pathname + search);
  expect(first).toMatchObject({
    status: 303,
    headers: { location: '/', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
  expect(first.headers['set-cookie']).toEqual([
    `tallyman-${port}=random-1; HttpOnly; SameSite=Strict; Path=/`,
  ]);
  const again = await get(pathname + search);
  expect(again).toMatchObject({ status: 401 });
  expect(again.headers['set-cookie']).toBeUndefined();
});

test('a new address puts an unused earlier one out of use', async () => {
  const earlier = new URL(server.newAddress());
  server.newAddress();
  expect(await get(earlier.pathname + earlier.search)).toMatchObject({ status: 401 });
});

test('a used address still opens for the browser that used it', async () => {
  const { pathname, search } = new URL(server.newAddress());
  const cookie = (await get(pathname + search)).headers['set-cookie']![0]!.split(';')[0]!;
  expect(await get(pathname + search, { cookie })).toMatchObject({ status: 303 });
});

test('the page needs the session and comes under the policy', async () => {
  expect(await get('/')).toMatchObject({ status: 401 });
  expect(await get('/', { cookie: `tallyman-${port}=wrong` })).toMatchObject({ status: 401 });
  expect(await get('/', { cookie: `other=1; ${await signIn()}` })).toMatchObject({
    status: 200,
    body: '<!doctype html>',
    headers: {
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
});

test.each([
  'evil.example',
  'evil.example:80',
  'localhost',
  '127.0.0.1',
  '127.0.0.1:1',
  '127.0.0.1.evil.example',
])('refuses the host %s even with the session', async (host) => {
  const cookie = await signIn();
  expect(await get('/', { cookie, host })).toMatchObject({ status: 403 });
  expect(await handshake('/trpc', { cookie, host, origin })).toBe(403);
});

test.each([
  'null',
  'http://evil.example',
  'http://127.0.0.1',
  'http://127.0.0.1.evil.example',
  'https://127.0.0.1',
  'file://',
])('refuses the origin %s even with the session', async (foreign) => {
  const cookie = await signIn();
  expect(await get('/', { cookie, origin: foreign })).toMatchObject({ status: 403 });
  expect(await handshake('/trpc', { cookie, origin: foreign })).toBe(403);
});

test('a socket needs origin, session and the right path', async () => {
  const cookie = await signIn();
  expect(await handshake('/trpc', { cookie, origin })).toBe('open');
  expect(await handshake('/trpc', { cookie })).toBe(403);
  expect(await handshake('/trpc', { origin })).toBe(401);
  expect(await handshake('/trpc', { origin, cookie: `tallyman-${port}=wrong` })).toBe(401);
  expect(await handshake('/other', { cookie, origin })).toBe(404);
});

test('escapes from the served folder are not found', async () => {
  const cookie = await signIn();
  // Node's own client refuses to send what is no path at all.
  const sendable = TRAVERSAL_CORPUS.filter((path) => path.startsWith('/'));
  for (const path of sendable) {
    const answer = await get(path, { cookie });
    expect([path, [400, 404].includes(answer.status)]).toEqual([path, true]);
    expect(answer.body).not.toContain('doctype');
  }
});

test('the router answers queries, mutations and subscriptions, and ends them with the page', async () => {
  const cookie = await signIn();
  class SignedInSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie, origin } });
    }
  }
  const socket = createWSClient({
    url: `ws://127.0.0.1:${port}/trpc`,
    WebSocket: SignedInSocket as unknown as typeof globalThis.WebSocket,
  });
  const client = createTRPCClient<DesktopRouter>({ links: [wsLink({ client: socket })] });

  expect(await client.sync.status.query()).toMatchObject({ state: 'neverSynced' });
  await client.sync.trigger.mutate({ syncUnit: 'catalogue' });
  expect(app.triggered).toEqual([
    {
      syncUnit: 'catalogue',
      discardPendingSyncUnits: false,
      abortRunning: false,
      reason: 'user',
    },
  ]);
  const events: SyncEvent[] = [];
  client.sync.events.subscribe(undefined, { onData: (event) => events.push(event) });
  await vi.waitFor(() => expect(app.subscribers()).toBe(1));
  app.emit({ type: 'dataChanged', entities: ['product'], source: 'sync' });
  await vi.waitFor(() =>
    expect(events).toEqual([{ type: 'dataChanged', entities: ['product'], source: 'sync' }]),
  );

  const refused = await client.catalogue.product
    .query({ id: 'not an id' })
    .catch((error: unknown) => error as TRPCClientError<DesktopRouter>);
  expect(refused).toMatchObject({ data: { wire: { code: 'BAD_INPUT' } } });
  expect(JSON.stringify(refused)).not.toMatch(/at .*\.[tj]s:\d+/);

  await socket.close();
  await vi.waitFor(() => expect(app.subscribers()).toBe(0));
});

test('an overlong message closes the socket and nothing else', async () => {
  const cookie = await signIn();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { headers: { cookie, origin } });
  const code = await new Promise((resolve) => {
    socket.on('open', () => socket.send('x'.repeat(PHOTO_TEXT_MAX + 200_000)));
    socket.on('close', resolve);
  });
  expect(code).toBe(1009);
  expect(await get('/', { cookie })).toMatchObject({ status: 200 });
});

test('closing lets go of open sockets', async () => {
  const cookie = await signIn();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { headers: { cookie, origin } });
  await new Promise((resolve) => socket.on('open', resolve));
  const closed = new Promise((resolve) => socket.on('close', () => resolve('closed')));
  await server.close();
  expect(await closed).toBe('closed');
});

test('a taken port is said in one sentence', async () => {
  const second = openLoopbackServer({
    app,
    files: openRendererFiles(folder),
    port,
    randomText: () => '',
  });
  await expect(second).rejects.toThrow(`Port ${port} cannot be opened on this machine`);
});
