import { request } from 'node:http';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createTrpcSyncServer } from '../../main/sync/trpc-sync-server.ts';
import { creation } from '../../tests/support/sending-laptop.ts';
import { idOf, locationRow, productRow, siteRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import { type RunningServer, startServer, type StartServerOptions } from '../start-server.ts';
import { commitChanges } from '../sync/scope-commit.ts';

const newFolder = useTempFolders();
const LOOPBACK = { port: 0, host: '127.0.0.1', token: null };
const { signal } = new AbortController();

async function start(options: Partial<StartServerOptions> = {}): Promise<RunningServer> {
  const server = await startServer({ dataDir: newFolder(), port: 0, ...options });
  onTestFinished(server.close);
  return server;
}

async function scrape(server: RunningServer, token?: string): Promise<Response> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  return fetch(`http://127.0.0.1:${server.metricsPort}/metrics`, { headers });
}

/** The value of a line of metrics. */
function valueOf(text: string, line: string): number {
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  return found === undefined ? Number.NaN : Number(found.slice(line.length + 1));
}

test('readyz says ready, and nothing about versions or paths', async () => {
  const server = await start();
  const answer = await fetch(`${server.url}/readyz`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: 'ready' });
});

test('a server that is told to stop says so before it takes no more requests', async () => {
  const server = await start({ drainMs: 1_000 });
  const closing = server.close();
  const unready = await fetch(`${server.url}/readyz`);
  expect(unready.status).toBe(503);
  expect(await unready.json()).toEqual({ status: 'unready', reason: 'stopping' });
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  await closing;
  await expect(fetch(`${server.url}/readyz`)).rejects.toThrow('fetch failed');
});

test('a database that has gone makes the server unready', async () => {
  const server = await start();
  await server.store.close();
  const answer = await fetch(`${server.url}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'unready', reason: 'database' });
});

test('metrics count calls, operations, rows and what laptops are told, and name nobody', async () => {
  const server = await start({ metrics: LOOPBACK });
  await commitChanges(server.store, async (tx) => {
    await tx.insert('site', [siteRow(0, { name: 'canary-site' })]);
    await tx.insert('product', [productRow(0, { name: 'canary-product' }), productRow(1)]);
  });
  const laptop = createTrpcSyncServer(server.url);
  onTestFinished(laptop.close);
  const deviceId = idOf(77);
  const common = { protocol: PROTOCOL_VERSION, serverId: null };
  const at = Date.now();
  const operation = (number: number, code: string) => ({
    operationId: idOf(1_000 + number),
    number,
    changes: [creation('location', locationRow(number, { code }))],
    after: [],
    at,
  });
  const operations = [operation(1, 'A'), operation(2, 'A')];
  await laptop.push({ ...common, deviceId, operations }, signal);
  await laptop.push({ ...common, deviceId, operations }, signal);
  const cursor = { scope: 'catalogue' as const, epoch: null, version: 0, after: null };
  const cursors = [{ ...cursor, startVersion: null }];
  await laptop.pull({ ...common, deviceId, cursors, maxRows: 10 }, signal);
  await expect(
    laptop.pull({ ...common, serverId: idOf(5), deviceId, cursors, maxRows: 10 }, signal),
  ).rejects.toThrow('This is not the server');

  const answer = await scrape(server);
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const value = (line: string): number => valueOf(text, line);
  expect(value('tallyman_operations_total{outcome="applied"}')).toBe(1);
  expect(value('tallyman_operations_total{outcome="rejected"}')).toBe(1);
  expect(value('tallyman_operations_total{outcome="repeated"}')).toBe(2);
  expect(value('tallyman_pulled_rows_total')).toBe(3);
  expect(value('tallyman_call_seconds_count{procedure="sync.push",outcome="ok"}')).toBe(2);
  expect(
    value('tallyman_call_seconds_count{procedure="sync.pull",outcome="SERVER_REPLACED"}'),
  ).toBe(1);
  expect(value('tallyman_http_requests_total{kind="call",status="200"}')).toBe(3);
  expect(value('tallyman_http_sent_bytes_total{kind="call"}')).toBeGreaterThan(100);
  expect(value('tallyman_scope_rows{organisation="first",scope_kind="catalogue"}')).toBe(3);
  expect(value('tallyman_scope_rows{organisation="first",scope_kind="site"}')).toBe(1);
  expect(value('tallyman_laptops_seen{organisation="first",within_seconds="300"}')).toBe(1);
  expect(value('tallyman_database_up{organisation="first"}')).toBe(1);
  expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  for (const secret of ['canary', deviceId, idOf(0)]) expect(text).not.toContain(secret);
});

test('addresses and procedures that there are not add no line', async () => {
  const server = await start({ metrics: LOOPBACK });
  for (const path of ['/trpc/canary.one', '/canary', '/o/canary/trpc/x', '/photos/canary']) {
    await fetch(`${server.url}${path}`);
  }
  expect(await (await scrape(server)).text()).not.toContain('canary');
});

test('metrics with a token are told to who shows it', async () => {
  const token = 'a-token-that-is-long';
  const server = await start({ metrics: { ...LOOPBACK, token } });
  expect((await scrape(server)).status).toBe(401);
  expect((await scrape(server, `${token}x`)).status).toBe(401);
  expect((await scrape(server, token)).status).toBe(200);
});

test('metrics are on a port of their own alone', async () => {
  const server = await start({ metrics: LOOPBACK });
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${server.metricsPort}/healthz`)).status).toBe(404);
});

test('a dead database leaves the numbers of the process', async () => {
  const server = await start({ metrics: LOOPBACK });
  await server.store.close();
  const text = await (await scrape(server)).text();
  expect(valueOf(text, 'tallyman_database_up{organisation="first"}')).toBe(0);
  expect(text).toContain('process_resident_memory_bytes');
});

test('the id of a request is the one that its laptop gave, if it is one', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const server = await start({ logger });
  const idFor = (id: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      request(`${server.url}/nowhere`, { headers: { 'x-request-id': id } }, (answer) => {
        answer.resume();
        resolve(answer.headers['x-request-id']);
      })
        .on('error', reject)
        .end();
    });
  const own = randomUUID();
  expect(await idFor(own)).toBe(own);
  expect(lines.join('')).toContain(own);
  for (const bad of ['x', `${own}0`, "'; drop table log", own.toUpperCase()]) {
    expect(await idFor(bad)).not.toBe(bad);
  }
  expect(lines.join('')).not.toContain('drop table');
});

test('who serves a folder keeps backups from being put in place', async () => {
  const dataDir = newFolder();
  const server = await start({ dataDir });
  const file = join(newFolder(), 'one.backup');
  const { writeBackup } = await import('./backup/write-backup.ts');
  const { restoreBackup } = await import('./backup/restore-backup.ts');
  const now = Date.now;
  await writeBackup({ location: { dataDir }, file, photos: false, now });
  const restore = () =>
    restoreBackup({ location: { dataDir }, file, replace: true, now, makeEpoch: randomUUID });
  await expect(restore()).rejects.toMatchObject({ code: 'SERVER_BUSY' });
  await server.close();
  writeFileSync(join(dataDir, 'unrelated'), '');
  const restored = await restore();
  expect(restored.replaced).toContain('server.db.replaced-');
});
