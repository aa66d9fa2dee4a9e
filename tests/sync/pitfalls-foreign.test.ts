import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createTrpcSyncServer } from '../../main/sync/trpc-sync-server.ts';
import { startServer } from '../../server/start-server.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import { creation, edit, SendingLaptop } from '../support/sending-laptop.ts';
import { idOf, locationRow, siteRow } from '../support/server-rows.ts';
import { useSyncWorlds } from '../support/sync-world.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const openWorld = useSyncWorlds();
const newFolder = useTempFolders();

test.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
] as const)(
  'pitfall 10: a small answer that %s unpacks without end is given up, and the app lives on',
  async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(80 * 1024 * 1024, 0x20));
    expect(bomb.length).toBeLessThan(200_000);
    const http = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb);
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    const server = createTrpcSyncServer(`http://127.0.0.1:${port}`);
    onTestFinished(async () => {
      await server.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    });
    const asked = server.digests(
      { protocol: PROTOCOL_VERSION, serverId: null, scope: 'catalogue' },
      AbortSignal.timeout(20_000),
    );
    await expect(asked).rejects.toMatchObject({
      code: 'SERVER_ERROR',
      message: 'The answer is too large.',
    });
  },
);

test('pitfall 10: a request that is packed is not unpacked by the server', async () => {
  const server = await startServer({ dataDir: newFolder(), port: 0 });
  onTestFinished(() => server.close());
  const answer = await fetch(`${server.url}/trpc/sync.pull`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(Buffer.alloc(50 * 1024 * 1024, 0x20)),
  });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});

const asked = (scope: string) => ({
  protocol: PROTOCOL_VERSION,
  deviceId: idOf(1),
  serverId: null,
  cursors: [{ scope: scope as Scope, epoch: null, version: 0, after: null, startVersion: null }],
  maxRows: 100,
});
const signal = new AbortController().signal;

test.each([
  'catalogue2',
  'site:',
  'site:1',
  'user:01900000-0000-7000-8000-000000000000',
  "site:x' OR 1=1 --",
  '../../catalogue',
  'CATALOGUE',
])('pitfall 10: a scope by the name of %j is refused', async (scope) => {
  const world = await openWorld();
  await expect(world.server.pull(asked(scope), signal)).rejects.toThrow(/scope/i);
});

test('pitfall 10: a scope that is well named and not there is unknown, and makes nothing', async () => {
  const world = await openWorld();
  const scope: Scope = `site:${idOf(98)}`;
  const { scopes } = await world.server.pull(asked(scope), signal);
  expect(scopes).toEqual([{ kind: 'unknown', scope }]);
  const known = await world.server.store.reader.selectFrom('sync_scope').select('scope').execute();
  expect(known.map((row) => row.scope)).not.toContain(scope);
});

test('pitfall 10: an operation cannot reach into another site by any of the names that it gives', async () => {
  const world = await openWorld();
  const { store } = world.server;
  await world.office(async (tx) => {
    await tx.insert('site', [siteRow(1)]);
    await tx.insert('location', [locationRow(7, { site_id: idOf(1), code: 'THEIRS' })]);
  });
  const before = await store.reader.selectFrom('location').selectAll().execute();
  const laptop = new SendingLaptop(store, 5);
  const outcomes = [
    // A site that there is not.
    await laptop.does(creation('location', locationRow(9, { site_id: idOf(97) }))),
    // A row of theirs, taken over to ours.
    await laptop.does(
      edit('location', idOf(7), { from: { site_id: idOf(1) }, to: { site_id: idOf(0) } }),
    ),
    // Ours, pushed to them.
    await laptop.does(
      edit('location', idOf(1), { from: { site_id: idOf(0) }, to: { site_id: idOf(1) } }),
    ),
    // A new row under the id of theirs.
    await laptop.does(creation('location', locationRow(7, { site_id: idOf(0), code: 'MINE' }))),
    // A row under one id that names another.
    await laptop.does({ ...creation('location', locationRow(7)), id: idOf(1) }),
  ];
  expect(outcomes.map((outcome) => outcome?.kind === 'applied')).toEqual(outcomes.map(() => false));
  expect(await store.reader.selectFrom('location').selectAll().execute()).toEqual(before);
});
