import { get, type IncomingMessage } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { madeUpManifest } from '../../tests/support/made-up-manifest.ts';
import { categoryRow, idOf, siteRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { unpackedSnapshot } from '../../tests/support/unpacked-snapshot.ts';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../shared/sync/scope.ts';
import {
  type SnapshotManifest,
  snapshotManifestField,
  snapshotPath,
} from '../../shared/sync/snapshot.ts';
import { whileBuilding } from '../snapshot/building-lock.ts';
import { buildSnapshot } from '../snapshot/build-snapshot.ts';
import { SnapshotShelf } from '../snapshot/snapshot-shelf.ts';
import { type RunningServer, startServer, type StartServerOptions } from '../start-server.ts';
import { readScopeState } from '../sync/scope-state.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { DOWNLOADS_AT_ONCE_MAX } from './serve-snapshots.ts';

const newFolder = useTempFolders();
const FINGERPRINT = replicaSchema('catalogue').fingerprint;

async function started(options: Partial<StartServerOptions> = {}): Promise<RunningServer> {
  const server = await startServer({ dataDir: newFolder(), port: 0, ...options });
  onTestFinished(() => server.close());
  return server;
}

interface Asked {
  scope?: Scope;
  fingerprint?: string;
  serverId?: string | null;
}

async function ask({ url }: RunningServer, asked: Asked = {}): Promise<Response> {
  const input = {
    protocol: PROTOCOL_VERSION,
    serverId: null,
    scope: CATALOGUE_SCOPE,
    fingerprint: FINGERPRINT,
    ...asked,
  };
  return fetch(`${url}/trpc/sync.snapshot?input=${encodeURIComponent(JSON.stringify(input))}`);
}

async function offered(server: RunningServer, asked: Asked = {}): Promise<SnapshotManifest | null> {
  const answer = (await (await ask(server, asked)).json()) as {
    result: { data: { serverId: string; manifest: unknown } };
  };
  expect(answer.result.data.serverId).toBe(server.store.serverId);
  const { manifest } = answer.result.data;
  return manifest === null ? null : snapshotManifestField.parse(manifest);
}

async function withSnapshot(): Promise<{
  server: RunningServer;
  dataDir: string;
  manifest: SnapshotManifest;
}> {
  const dataDir = newFolder();
  const server = await started({ dataDir });
  await commitChanges(server.store, async (tx) => {
    await tx.insert('site', [siteRow(1)]);
    await tx.insert('category', [categoryRow(1), categoryRow(2)]);
  });
  const scope = CATALOGUE_SCOPE;
  const { signal } = new AbortController();
  const { manifest } = await unlessBuilding(() =>
    buildSnapshot({ dataDir, scope, now: () => 42, signal }),
  );
  return { server, dataDir, manifest };
}

/** A server that has just been started looks for leftovers, and is the only builder for a moment. */
async function unlessBuilding<T>(work: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const done = await work();
    if (done !== null) return done;
    await sleep(10);
  }
}

test('a laptop is offered the snapshot that it can use, and no other', async () => {
  const { server, manifest } = await withSnapshot();
  expect(await offered(server)).toEqual(manifest);
  expect(await offered(server, { fingerprint: 'other' })).toBeNull();
  expect(await offered(server, { scope: siteScope(idOf(1)) })).toBeNull();
  expect(await offered(server, { scope: siteScope(idOf(9)) })).toBeNull();
  const { serverId } = server.store;
  expect(await offered(server, { serverId })).toEqual(manifest);
  expect((await ask(server, { serverId: idOf(5) })).status).toBe(412);
});

test('it is downloaded whole, in ranges, and only if it is not there yet', async () => {
  const { server, dataDir, manifest } = await withSnapshot();
  const url = `${server.url}${snapshotPath(manifest.hash)}`;
  const packed = readFileSync(join(dataDir, 'snapshots', `${manifest.hash}.zst`));
  const whole = await fetch(url, { headers: { 'accept-encoding': 'gzip, zstd' } });
  expect(whole.status).toBe(200);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-length': String(manifest.bytes),
    'content-type': 'application/zstd',
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
  // It is zstd by itself, and nobody is to unpack it on the way.
  expect(whole.headers.get('content-encoding')).toBeNull();
  const bytes = Buffer.from(await whole.arrayBuffer());
  unpackedSnapshot(join(dataDir, 'snapshots'), manifest, bytes);

  const range = async (value: string, more: Record<string, string> = {}): Promise<Response> =>
    fetch(url, { headers: { range: value, ...more } });
  const middle = await range('bytes=10-19');
  expect(middle.status).toBe(206);
  expect(middle.headers.get('content-range')).toBe(`bytes 10-19/${packed.length}`);
  expect(Buffer.from(await middle.arrayBuffer())).toEqual(packed.subarray(10, 20));
  const etag = String(whole.headers.get('etag'));
  const rest = await range('bytes=20-', { 'if-range': etag });
  expect(rest.status).toBe(206);
  expect(Buffer.from(await rest.arrayBuffer())).toEqual(packed.subarray(20));
  const beyond = await range(`bytes=${packed.length}-`);
  expect(beyond.status).toBe(416);
  expect(beyond.headers.get('content-range')).toBe(`bytes */${packed.length}`);
  expect(await beyond.json()).toMatchObject({ error: { data: { wire: { code: 'BAD_INPUT' } } } });

  const head = await fetch(url, { method: 'HEAD' });
  expect(head.status).toBe(200);
  expect(head.headers.get('content-length')).toBe(String(packed.length));
  // Not by `fetch`, which would ask for a fresh copy all the same.
  const request = get(url, { headers: { 'if-none-match': etag } });
  const [same] = (await once(request, 'response')) as [IncomingMessage];
  same.resume();
  expect(same.statusCode).toBe(304);
});

test('nothing else of the disk can be fetched', async () => {
  const { server, manifest } = await withSnapshot();
  const paths = [
    `/snapshots/${'0'.repeat(64)}`,
    `/snapshots/${manifest.hash}.json`,
    `/snapshots/${manifest.hash}.zst`,
    `/snapshots/${manifest.hash.toUpperCase()}`,
    '/snapshots/',
    '/snapshots/building.lock',
    '/snapshots/..%2fserver.db',
    '/snapshots/%2e%2e%2fserver.db',
    `/snapshots/${'%2e%2e%2f'.repeat(8)}etc%2fpasswd`,
    `/snapshots/${manifest.hash}%00`,
  ];
  for (const path of paths) {
    const answer = await fetch(`${server.url}${path}`);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(await answer.json()).toMatchObject({ error: { data: { wire: { code: 'NOT_FOUND' } } } });
  }
  const sent = await fetch(`${server.url}${snapshotPath(manifest.hash)}`, { method: 'POST' });
  expect(sent.status).toBe(404);
});

test('a server that was told to make none offers none', async () => {
  const { dataDir, manifest } = await withSnapshot();
  const server = await started({ dataDir, snapshots: false });
  expect(await offered(server)).toBeNull();
  expect((await fetch(`${server.url}${snapshotPath(manifest.hash)}`)).status).toBe(404);
});

test('however many download at once, others are served', async () => {
  const dataDir = newFolder();
  const server = await started({ dataDir });
  const shelf = new SnapshotShelf(dataDir);
  const { epoch } = (await readScopeState(server.store.reader, CATALOGUE_SCOPE))!;
  const manifest = madeUpManifest({ epoch, version: 0 });
  const packed = join(newFolder(), 'packed');
  // More than what fits between a server and a laptop that does not read.
  writeFileSync(packed, Buffer.alloc(32 * 1024 * 1024));
  await unlessBuilding(() =>
    whileBuilding(shelf, async () => {
      await shelf.publish(packed, manifest);
      return true;
    }),
  );
  const url = `${server.url}${snapshotPath(manifest.hash)}`;
  const stalled: IncomingMessage[] = [];
  for (let at = 0; at < DOWNLOADS_AT_ONCE_MAX; at++) {
    const [answer] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
    answer.on('error', () => undefined);
    expect(answer.statusCode).toBe(200);
    stalled.push(answer);
  }
  const refused = await fetch(url);
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    error: { data: { wire: { code: 'SERVER_BUSY', retryable: true } } },
  });
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect(await offered(server)).toEqual(manifest);
  // One leaves, and the next may come.
  stalled.pop()!.destroy();
  await expect.poll(async () => (await fetch(url, { method: 'HEAD' })).status).toBe(200);
  for (const answer of stalled) answer.destroy();
}, 30_000);

test('a server builds by itself what a laptop can then download', async () => {
  const dataDir = newFolder();
  const server = await started({ dataDir, snapshots: { rowsMin: 2 } });
  const rows = [categoryRow(1), categoryRow(2)];
  await commitChanges(server.store, (tx) => tx.insert('category', rows));
  expect(await offered(server)).toBeNull();
  await expect.poll(() => offered(server), { interval: 250, timeout: 50_000 }).not.toBeNull();
  const manifest = (await offered(server))!;
  const answer = await fetch(`${server.url}${snapshotPath(manifest.hash)}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  unpackedSnapshot(join(dataDir, 'snapshots'), manifest, bytes);
}, 60_000);
