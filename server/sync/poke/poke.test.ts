import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createHttpPokeServer } from '../../../main/sync/poke/http-poke-server.ts';
import type { LineEvent } from '../../../main/sync/poke/poke-server.ts';
import { must } from '../../../shared/domain/assert.ts';
import type { News, PokeEvent } from '../../../shared/sync/poke-protocol.ts';
import { PROTOCOL_VERSION, type PullCursor } from '../../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../../shared/sync/scope.ts';
import { idOf, locationRow, productRow, siteRow } from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { IS_POSTGRES, openTestStore, testLocation } from '../../../tests/support/test-store.ts';
import { type RunningServer, startServer } from '../../start-server.ts';
import { pull } from '../pull.ts';
import { commitChanges } from '../scope-commit.ts';

const newFolder = useTempFolders();
const SITE = siteScope(idOf(0));
let dataDir: string;
let server: RunningServer;

beforeEach(async () => {
  dataDir = newFolder();
  server = await startServer({ ...(await testLocation(dataDir)), port: 0, snapshots: false });
  onTestFinished(server.close);
  await commitChanges(server.store, (tx) => tx.insert('site', [siteRow(0)]));
});

interface Listener {
  heard: LineEvent[];
  error: () => unknown;
  /** The newest version of a scope that it was told. */
  version: (scope: Scope) => number | null;
  ended: Promise<void>;
  hangUp: () => void;
}

function listen(
  device: number,
  scopes: readonly Scope[],
  asked: { protocol?: number; serverId?: string; url?: string } = {},
): Listener {
  const client = createHttpPokeServer(asked.url ?? server.url);
  const hangingUp = new AbortController();
  const heard: LineEvent[] = [];
  let error: unknown = null;
  const input = {
    protocol: asked.protocol ?? PROTOCOL_VERSION,
    serverId: asked.serverId ?? null,
    deviceId: idOf(device),
    scopes: [...scopes],
  };
  const ended = (async () => {
    try {
      for await (const event of client.listen(input, hangingUp.signal)) heard.push(event);
    } catch (cause) {
      error = cause;
    }
  })();
  onTestFinished(async () => {
    hangingUp.abort();
    await ended;
    await client.close();
  });
  const told = (): Extract<PokeEvent, { kind: 'versions' }>[] =>
    heard.filter((event) => event.kind === 'versions');
  return {
    heard,
    ended,
    error: () => error,
    hangUp: () => hangingUp.abort(),
    version: (scope) =>
      told()
        .flatMap(({ versions }) => versions)
        .findLast((one) => one.scope === scope)?.version ?? null,
  };
}

async function rename(name: string): Promise<number> {
  const { versions } = await commitChanges(server.store, (tx) =>
    tx.update('site', [siteRow(0, { name })]),
  );
  return versions.get(CATALOGUE_SCOPE) ?? 0;
}

test('who begins to listen hears the present versions, then each that rises', async () => {
  const laptop = listen(1, [CATALOGUE_SCOPE, SITE]);
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(1);
  expect(laptop.version(SITE)).toBe(0);
  const version = await rename('Harbour');
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(version);
  await commitChanges(server.store, (tx) => tx.insert('location', [locationRow(0)]));
  await expect.poll(() => laptop.version(SITE)).toBe(1);
  // A site that nothing had happened at has nothing to carry on from.
  expect(laptop.heard.findLast(({ kind }) => kind === 'versions')).toEqual({
    kind: 'versions',
    versions: [{ scope: SITE, version: 1 }],
    news: null,
    spreadMs: 0,
  });
});

test('a burst of commits is few pokes, of which the last is the newest version', async () => {
  const laptop = listen(1, [CATALOGUE_SCOPE]);
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(1);
  const before = laptop.heard.length;
  let version = 0;
  const startedAt = performance.now();
  for (let at = 0; at < 100; at++) version = await rename(`Site ${at}`);
  const intervals = (performance.now() - startedAt) / 200;
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(version);
  const pokes = laptop.heard.slice(before).filter(({ kind }) => kind === 'versions');
  expect(pokes.length).toBeLessThanOrEqual(Math.ceil(intervals) + 2);
});

test('scopes that were not asked for are not told of', async () => {
  const other = listen(1, [SITE]);
  const laptop = listen(2, [CATALOGUE_SCOPE]);
  await expect.poll(() => other.version(SITE)).toBe(0);
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(1);
  const version = await rename('Harbour');
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(version);
  expect(other.version(CATALOGUE_SCOPE)).toBeNull();
});

test('a commit of another process on the same database is told of', async () => {
  const laptop = listen(1, [CATALOGUE_SCOPE]);
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(1);
  const other = await openTestStore({ dataDir });
  onTestFinished(() => other.close());
  await commitChanges(other, (tx) => tx.insert('product', [productRow(1)]));
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(2);
});

test.runIf(IS_POSTGRES)(
  'listeners of several servers on one database hear what any of them commits',
  async () => {
    const location = await testLocation(dataDir);
    const others = await Promise.all(
      [1, 2].map(() =>
        startServer({ ...location, dataDir: newFolder(), port: 0, snapshots: false }),
      ),
    );
    for (const other of others) onTestFinished(other.close);
    const urls = [server, ...others].map(({ url }) => url);
    const laptops = urls.map((url, at) => listen(at, [CATALOGUE_SCOPE], { url }));
    for (const laptop of laptops) {
      await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(1);
    }
    let version = 1;
    for (const writer of [server, ...others]) {
      const name = `Renamed at version ${version}`;
      await commitChanges(writer.store, (tx) => tx.update('site', [siteRow(0, { name })]));
      version += 1;
      for (const laptop of laptops) {
        await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(version);
      }
    }
  },
);

test('a new line of a laptop ends the one before', async () => {
  const before = listen(1, [CATALOGUE_SCOPE]);
  await expect.poll(() => before.version(CATALOGUE_SCOPE)).toBe(1);
  const after = listen(1, [CATALOGUE_SCOPE]);
  await before.ended;
  expect(before.error()).toBeNull();
  const version = await rename('Harbour');
  await expect.poll(() => after.version(CATALOGUE_SCOPE)).toBe(version);
  expect(before.version(CATALOGUE_SCOPE)).toBe(1);
});

test('a server that stops says goodbye, and is not held up', async () => {
  const laptop = listen(1, [CATALOGUE_SCOPE]);
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(1);
  await server.close();
  await laptop.ended;
  expect(laptop.error()).toBeNull();
  expect(laptop.heard.at(-1)).toMatchObject({ kind: 'goodbye' });
});

test.each([
  ['another protocol', { protocol: 0 }, 'UPGRADE_REQUIRED'],
  ['another server', { serverId: '01900000-0000-4000-8000-000000000000' }, 'SERVER_REPLACED'],
])('a laptop of %s is told so', async (_what, asked, code) => {
  const laptop = listen(1, [CATALOGUE_SCOPE], asked);
  await laptop.ended;
  expect(laptop.error()).toMatchObject({ code });
  expect(laptop.heard.filter(({ kind }) => kind !== 'alive')).toEqual([]);
});

test.each(['sync.poke', 'sync.follow'])(
  '%s is asked for by POST, as scopes do not fit into an address',
  async (path) => {
    const answer = await fetch(`${server.url}/trpc/${path}`);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  },
);

/** Of the last poke. */
function lastNews({ heard }: Listener): News | null {
  const poke = heard.findLast((event) => event.kind === 'versions');
  return poke?.kind === 'versions' ? (poke.news ?? null) : null;
}

test('a small change brings what a pull would answer, with the number that is of this laptop', async () => {
  await server.store.writer
    .insertInto('sync_device')
    .values({ device_id: idOf(1), first_seen: 1, last_seen: 1, last_number: 5, protocol: 3 })
    .execute();
  const laptop = listen(1, [CATALOGUE_SCOPE]);
  const other = listen(2, [CATALOGUE_SCOPE]);
  for (const { version } of [laptop, other]) {
    await expect.poll(() => version(CATALOGUE_SCOPE)).toBe(1);
  }
  await rename('Harbour');
  for (const [listener, device, lastNumber] of [
    [laptop, 1, 5],
    [other, 2, 0],
  ] as const) {
    await expect.poll(() => lastNews(listener)).not.toBeNull();
    const { from, answer } = must(lastNews(listener), 'what was told');
    const [first] = answer.scopes;
    const epoch = first?.kind === 'page' ? first.epoch : null;
    const cursor: PullCursor = {
      scope: CATALOGUE_SCOPE,
      epoch,
      version: from,
      after: null,
      startVersion: null,
    };
    const deviceId = idOf(device);
    const asked = { protocol: PROTOCOL_VERSION, deviceId, serverId: null, cursors: [cursor] };
    const pulled = await pull(
      { store: server.store, actor: { kind: 'open' } },
      { ...asked, maxRows: 1_000 },
    );
    expect(answer).toEqual(pulled);
    expect(answer.lastNumber).toBe(lastNumber);
    expect(JSON.stringify(answer.scopes)).toContain('Harbour');
  }
});

test('much at once is told as a version only', async () => {
  const laptop = listen(1, [CATALOGUE_SCOPE]);
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(1);
  const products = Array.from({ length: 100 }, (_, at) => productRow(at));
  await commitChanges(server.store, (tx) => tx.insert('product', products));
  await expect.poll(() => laptop.version(CATALOGUE_SCOPE)).toBe(2);
  expect(lastNews(laptop)).toBeNull();
});

test('what is told of one scope says nothing of the rows of another', async () => {
  await commitChanges(server.store, (tx) =>
    tx.insert('location', [locationRow(7, { site_id: idOf(0), code: 'FIRST' })]),
  );
  const office = listen(1, [CATALOGUE_SCOPE]);
  const site = listen(2, [SITE]);
  await expect.poll(() => office.version(CATALOGUE_SCOPE)).toBe(1);
  await expect.poll(() => site.version(SITE)).toBe(1);
  await commitChanges(server.store, (tx) =>
    tx.insert('location', [locationRow(8, { site_id: idOf(0), code: 'SECRET' })]),
  );
  await expect.poll(() => JSON.stringify(site.heard)).toContain('SECRET');
  expect(JSON.stringify(office.heard)).not.toContain('SECRET');
});

test('a poke says versions and nothing else', async () => {
  const following = listen(1, [CATALOGUE_SCOPE]);
  await expect.poll(() => following.version(CATALOGUE_SCOPE)).toBe(1);
  const hangingUp = new AbortController();
  const line = await fetch(`${server.url}/trpc/sync.poke`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      protocol: PROTOCOL_VERSION,
      deviceId: idOf(2),
      serverId: null,
      scopes: [CATALOGUE_SCOPE],
    }),
    signal: hangingUp.signal,
  });
  let text = '';
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const piece of line.body ?? []) text += decoder.decode(piece as Uint8Array);
  })().catch(() => undefined);
  await expect.poll(() => text).toContain('"version":1');
  const version = await rename('Harbour');
  await expect.poll(() => JSON.stringify(following.heard)).toContain('Harbour');
  await expect.poll(() => text).toContain(`"version":${version}`);
  expect(text).not.toContain('Harbour');
  hangingUp.abort();
  await ended;
});
