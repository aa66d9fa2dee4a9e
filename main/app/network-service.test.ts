import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import { createNetworkService, type NetworkService } from './network-service.ts';

type Answer = (nonce: string) => { status: number; body: string; headers?: Record<string, string> };

let server: Server;
let answer: Answer;
let asked = 0;
let network: NetworkService;
let hasLink = true;
let serverUrl: string | null = null;
const seen: NetworkStatus[] = [];

const tallyman: Answer = (nonce) => ({
  status: 200,
  body: JSON.stringify({ product: 'tallyman', status: 'ok', nonce }),
});

beforeEach(async () => {
  answer = tallyman;
  asked = 0;
  hasLink = true;
  seen.length = 0;
  server = createServer((request, response) => {
    asked += 1;
    const nonce = new URL(request.url ?? '', 'http://x').searchParams.get('nonce') ?? '';
    const { status, body, headers } = answer(nonce);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let nonce = 0;
  network = createNetworkService({
    now: () => 5,
    fetch,
    newNonce: () => `nonce-${++nonce}`,
    link: { hasLink: () => hasLink, onChange: () => () => undefined },
    serverUrl: () => serverUrl,
    onListenerError: (error) => {
      throw error;
    },
  });
  network.subscribe((status) => seen.push(status));
});
afterEach(async () => {
  network.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('our server that repeats the nonce is online', async () => {
  expect(await network.check()).toMatchObject({ state: 'online', cause: null, since: 5 });
});

test.each<[string, Answer]>([
  ['a captive portal that says 200', () => ({ status: 200, body: '<html>Please sign in</html>' })],
  [
    'a captive portal that redirects',
    () => ({ status: 302, body: '', headers: { location: 'http://127.0.0.1:9/login' } }),
  ],
  ['a cached answer of ours', () => tallyman('an old nonce')],
  ['another program', (nonce) => ({ status: 200, body: JSON.stringify({ product: 'x', nonce }) })],
  ['our server that fails', (nonce) => ({ ...tallyman(nonce), status: 500 })],
  ['JSON that is nothing', () => ({ status: 200, body: 'null' })],
])('%s is not online', async (_, wrong) => {
  answer = wrong;
  expect(await network.check()).toMatchObject({ state: 'offline', cause: 'notTallyman' });
});

test('a server on this machine is reached without any link', async () => {
  hasLink = false;
  expect(await network.check()).toMatchObject({ state: 'online' });
});

test('a server that is gone, no link and no address are offline, each for its reason', async () => {
  serverUrl = 'http://127.0.0.1:1';
  expect(await network.check()).toMatchObject({ state: 'offline', cause: 'unreachable' });
  hasLink = false;
  expect(await network.check()).toMatchObject({ state: 'offline', cause: 'noLink' });
  serverUrl = null;
  expect(await network.check()).toMatchObject({ state: 'offline', cause: 'noServerSet' });
  expect(asked).toBe(0);
});

test('checks that overlap share one probe, and only changes are told', async () => {
  await Promise.all([network.check(), network.check(), network.check()]);
  await network.check();
  expect(asked).toBe(2);
  expect(seen.map(({ state }) => state)).toEqual(['online']);
});

test('L16: a server that takes the call and never answers is offline', async () => {
  server.removeAllListeners('request');
  expect(await network.check()).toMatchObject({ state: 'offline', cause: 'unreachable' });
});

test('L16: a link alone is not online, and a captive portal is left by signing in to it', async () => {
  answer = () => ({ status: 200, body: '<html>Please sign in</html>' });
  await network.check();
  answer = tallyman;
  await network.check();
  expect(seen.map(({ state }) => state)).toEqual(['offline', 'online']);
});

test('checklist 6: a link that flaps ten times a second is probed when it settles, and every five seconds', async () => {
  vi.useFakeTimers();
  let probes = 0;
  let flap: () => void = () => undefined;
  const flapping = createNetworkService({
    now: Date.now,
    fetch: async () => {
      probes += 1;
      return Response.json({ product: 'tallyman', nonce: 'nonce' });
    },
    newNonce: () => 'nonce',
    link: {
      hasLink: () => true,
      onChange: (listener) => {
        flap = listener;
        return () => undefined;
      },
    },
    serverUrl: () => 'http://127.0.0.1:1',
    onListenerError: () => undefined,
  });
  const states: string[] = [];
  flapping.subscribe(({ state }) => states.push(state));
  const flapFor = async (ms: number): Promise<number> => {
    const before = probes;
    for (let passed = 0; passed < ms; passed += 100) {
      flap();
      await vi.advanceTimersByTimeAsync(100);
    }
    return probes - before;
  };
  try {
    expect(await flapFor(900)).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(probes).toBe(1);
    expect(await flapFor(20_000)).toBe(4);
    expect(states).toEqual(['online']);
  } finally {
    flapping.close();
    vi.useRealTimers();
  }
});
