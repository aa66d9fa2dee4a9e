import { randomUUID } from 'node:crypto';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createAuthTrial, laptop } from '../../tests/support/auth-trial.ts';
import { ask, call, type EdgeAnswer, posted } from '../../tests/support/edge-client.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { AddressSlots } from './address-slots.ts';
import type { EdgeLimits } from './edge-limits.ts';

const newFolder = useTempFolders();
const HELLO = { protocol: 3, serverId: null };
let server: RunningServer;
/** Signs somebody in on a laptop and gives the header of their calls. */
let signIn: (name: string, deviceId?: string) => Promise<Record<string, string>>;

async function start(limits: Partial<EdgeLimits>): Promise<void> {
  server = await startServer({ dataDir: newFolder(), port: 0, snapshots: false, limits });
  const { close, store } = server;
  onTestFinished(() => close());
  const trial = createAuthTrial(store, { now: Date.now() });
  await trial.add('Ada', 'administrator');
  await trial.add('Bob', 'administrator');
  signIn = async (name, deviceId) => {
    const { accessToken } = await trial.signIn(name, { device: laptop(deviceId) });
    return { authorization: `Bearer ${accessToken}` };
  };
}

function hello(headers: Record<string, string>): Promise<EdgeAnswer> {
  return ask(`${server.url}/trpc/sync.hello`, posted(JSON.stringify(HELLO), headers));
}

function batch(calls: number, headers: Record<string, string>): Promise<EdgeAnswer> {
  const names = Array.from({ length: calls }, () => 'sync.hello').join();
  const inputs = Object.fromEntries(Array.from({ length: calls }, (_, at) => [at, HELLO]));
  const url = `${server.url}/trpc/${names}?batch=1`;
  return ask(url, posted(JSON.stringify(inputs), headers));
}

function expectTooMany(answer: EdgeAnswer): void {
  expect([answer.status, answer.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
  const seconds = Number(answer.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
}

beforeEach(() => start({ callsPerDevice: 20, callsPerPerson: 30, strangersPerAddress: 10 }));

test('a batch costs as much as what it consists of, and a laptop has one account of it', async () => {
  const ada = await signIn('Ada');
  expect((await batch(15, ada)).status).toBe(200);
  // Of ten only five are left, so none is done.
  expectTooMany(await batch(10, ada));
  expectTooMany(await hello(ada));
  expect((await hello(await signIn('Bob'))).status).toBe(200);
});

test('a person who uses several laptops has a bound of their own', async () => {
  expect((await batch(18, await signIn('Ada'))).status).toBe(200);
  expect((await batch(12, await signIn('Ada'))).status).toBe(200);
  expectTooMany(await hello(await signIn('Ada')));
  expect((await hello(await signIn('Bob'))).status).toBe(200);
});

test('two people on one laptop share its bound', async () => {
  const deviceId = randomUUID();
  expect((await batch(20, await signIn('Ada', deviceId))).status).toBe(200);
  expectTooMany(await hello(await signIn('Bob', deviceId)));
});

test('strangers and bad tokens are counted by address, and people who are known are not held up by them', async () => {
  const bad = { authorization: 'Bearer not.a.token' };
  for (let at = 0; at < 5; at++) expect((await hello(bad)).status).toBe(401);
  for (let at = 0; at < 5; at++) expect((await hello({})).status).toBe(401);
  expectTooMany(await hello(bad));
  expectTooMany(await hello({}));
  expectTooMany(await call(server.url, 'no.such', {}));
  expectTooMany(await ask(`${server.url}/snapshots/${'0'.repeat(64)}`));
  // Saying that one is somebody else helps nobody.
  expectTooMany(await hello({ 'x-forwarded-for': '198.51.100.7' }));
  expect((await ask(`${server.url}/healthz`)).status).toBe(200);
  const ada = await signIn('Ada');
  for (let at = 0; at < 15; at++) expect((await hello(ada)).status).toBe(200);
});

test('a server without people, which only its own machine can reach, counts nothing', async () => {
  const { url, close } = await startServer({
    dataDir: newFolder(),
    port: 0,
    snapshots: false,
    limits: { callsPerDevice: 1, callsPerPerson: 1, strangersPerAddress: 1 },
  });
  onTestFinished(() => close());
  for (let at = 0; at < 5; at++) expect((await call(url, 'sync.hello', HELLO)).status).toBe(200);
});

test('addresses of one network are one, whatever way they are written', () => {
  const slots = new AddressSlots();
  const one = slots.of('2001:db8:1:2::1');
  expect(slots.of('2001:0DB8:0001:0002:ffff:0:0:9')).toBe(one);
  expect(slots.of('2001:db8:1:3::1')).not.toBe(one);
  expect(slots.of('::ffff:192.0.2.1')).toBe(slots.of('192.0.2.1'));
  expect(slots.of('::1')).toBe(slots.of('0:0:0:0:0:0:0:1'));
  expect(
    new Set(Array.from({ length: 256 }, (_, at) => slots.of(`10.0.0.${at}`))).size,
  ).toBeGreaterThan(250);
});
