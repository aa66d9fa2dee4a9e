import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ModelSyncServer } from '../../tests/support/model-sync-server.ts';
import { SyncBench } from '../../tests/support/sync-bench.ts';
import { siteScope } from '../../shared/sync/scope.ts';

const uuid = (number: number): string =>
  `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const SITE = uuid(900);
const SITE_SCOPE = siteScope(SITE);

const brand = (number: number, name = `Brand ${number}`) => ({
  entity: 'brand' as const,
  id: uuid(number),
  row: { code: `B${number}`, name },
});
const product = (number: number, name = `Product ${number}`) => ({
  entity: 'product' as const,
  id: uuid(number),
  row: { sku: `P-${number}`, name, unit: 'pcs', archived: 0, brand_id: uuid(1) },
});
const gone = (entity: 'product' | 'brand', number: number) => ({
  entity,
  id: uuid(number),
  row: null,
});
const siteRow = { entity: 'site' as const, id: SITE, row: { code: 'HAM', name: 'Hamburg' } };
const location = (number: number) => ({
  entity: 'location' as const,
  id: uuid(number),
  row: { site_id: SITE, code: `A-${number}` },
});

let server: ModelSyncServer;
let laptop: SyncBench;
beforeEach(() => {
  server = new ModelSyncServer({ serverId: uuid(1), epoch: uuid(2) });
  laptop = new SyncBench(uuid(3));
});
afterEach(() => laptop.dispose());

const numbers = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + at);

function expectEqual(): void {
  expect(laptop.rows('catalogue')).toEqual(server.rows('catalogue'));
  const { digest } = laptop.replicas.get('catalogue', 'current')!.state;
  expect(digest).toEqual(server.digest('catalogue'));
}

describe('a first sync', () => {
  test('fills the catalogue, then the sites that the catalogue names', async () => {
    server.write('catalogue', [siteRow, brand(1), ...numbers(10, 30).map((n) => product(n))]);
    server.write(SITE_SCOPE, numbers(2_000, 9).map(location));
    await laptop.sync(server);
    expectEqual();
    expect(laptop.rows(SITE_SCOPE)).toEqual(server.rows(SITE_SCOPE));
    expect(laptop.work.followedScopes().map(({ siteCode }) => siteCode)).toEqual([null, 'HAM']);
  });

  test('stopped anywhere, goes on where it was', async () => {
    server.write(
      'catalogue',
      numbers(10, 60).map((n) => product(n)),
    );
    const stop = new AbortController();
    server.beforeAnswer = () => {
      if (server.requests === 5) stop.abort();
    };
    await expect(laptop.sync(server, { signal: stop.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    const before = laptop.rowsReceived;
    laptop.restart();
    expect(laptop.rows('catalogue')).toBeNull();
    await laptop.sync(server);
    expectEqual();
    expect(before).toBeGreaterThan(0);
    expect(before + laptop.rowsReceived).toBe(60);
  });

  test('rows that change and go between its pages end as the server has them', async () => {
    server.write(
      'catalogue',
      numbers(10, 40).map((n) => product(n)),
    );
    server.beforeAnswer = () => {
      if (server.requests === 3)
        server.write('catalogue', [product(10, 'New'), gone('product', 11), gone('product', 45)]);
      if (server.requests === 4)
        server.write('catalogue', [product(11, 'Back again'), gone('product', 12)]);
    };
    await laptop.sync(server);
    expectEqual();
    expect(laptop.rows('catalogue')?.size).toBe(38);
  });

  test('a site that the server does not have is named with those it has', async () => {
    server.write('catalogue', [siteRow]);
    laptop.siteCodes = ['XXX'];
    await expect(laptop.sync(server)).rejects.toMatchObject({
      code: 'UNKNOWN_SITE',
      details: { known: 'HAM' },
    });
  });
});

describe('a later sync', () => {
  beforeEach(async () => {
    server.write('catalogue', [siteRow, brand(1), ...numbers(10, 300).map((n) => product(n))]);
    server.write(SITE_SCOPE, [location(2_000)]);
    await laptop.sync(server);
    server.requests = 0;
  });

  test('with nothing changed is one request and no rows', async () => {
    await laptop.sync(server);
    expect(server.requests).toBe(1);
    expect(laptop.rowsReceived).toBe(0);
    expect(laptop.changed).toEqual([]);
  });

  test('moves only what changed and says what did', async () => {
    server.write('catalogue', [product(10, 'New'), gone('product', 11)]);
    await laptop.sync(server);
    expect(laptop.rowsReceived).toBe(1);
    expect(laptop.changed).toEqual([['product']]);
    expectEqual();
  });

  test('of many pages shows the old point in time until it is whole', async () => {
    const before = laptop.rows('catalogue');
    server.write(
      'catalogue',
      numbers(10, 50).map((n) => product(n, 'New')),
    );
    server.beforeAnswer = () => expect(laptop.rows('catalogue')).toEqual(before);
    await laptop.sync(server);
    server.beforeAnswer = () => undefined;
    expectEqual();
  });

  test('stopped half-way leaves the old point in time', async () => {
    const before = laptop.rows('catalogue');
    server.write(
      'catalogue',
      numbers(10, 50).map((n) => product(n, 'New')),
    );
    server.beforeAnswer = () => {
      if (server.requests === 3) throw new Error('the network is gone');
    };
    await expect(laptop.sync(server)).rejects.toThrow('the network is gone');
    expect(laptop.rows('catalogue')).toEqual(before);
    server.beforeAnswer = () => undefined;
    await laptop.sync(server);
    expectEqual();
  });

  test('leaves a site that is not followed any more', async () => {
    laptop.siteCodes = [];
    await laptop.sync(server);
    expect(laptop.rows(SITE_SCOPE)).toBeNull();
    expect(laptop.rows('catalogue')).not.toBeNull();
  });

  test('the unit stock asks for no catalogue', async () => {
    server.write('catalogue', [product(10, 'New')]);
    server.write(SITE_SCOPE, [location(2_001)]);
    await laptop.sync(server, { unit: 'stock' });
    expect(laptop.rows(SITE_SCOPE)).toEqual(server.rows(SITE_SCOPE));
    expect(laptop.rows('catalogue')).not.toEqual(server.rows('catalogue'));
  });
});

describe('a server that cannot be trusted', () => {
  let before: ReturnType<SyncBench['rows']>;
  beforeEach(async () => {
    server.write(
      'catalogue',
      numbers(10, 300).map((n) => product(n)),
    );
    server.write('catalogue', [product(10, 'Newer')]);
    await laptop.sync(server);
    before = laptop.rows('catalogue');
  });

  test('another server is refused, and taken once a person says so', async () => {
    const other = new ModelSyncServer({ serverId: uuid(77), epoch: uuid(78) });
    other.write('catalogue', [product(5)]);
    await expect(laptop.sync(other)).rejects.toMatchObject({ code: 'SERVER_REPLACED' });
    expect(laptop.rows('catalogue')).toEqual(before);
    laptop.work.trustServer(null);
    await laptop.sync(other, { accepted: true });
    expect(laptop.rows('catalogue')).toEqual(other.rows('catalogue'));
  });

  test('a server that was rolled back is refused', async () => {
    const older = new ModelSyncServer({ serverId: server.serverId, epoch: server.epoch });
    older.write(
      'catalogue',
      numbers(10, 300).map((n) => product(n)),
    );
    await expect(laptop.sync(older)).rejects.toMatchObject({ code: 'SERVER_ROLLED_BACK' });
    expect(laptop.rows('catalogue')).toEqual(before);
  });

  test('a restored server with a new epoch is copied anew beside the old data', async () => {
    server.epoch = uuid(79);
    server.beforeAnswer = () => expect(laptop.rows('catalogue')).toEqual(before);
    await laptop.sync(server);
    expectEqual();
  });

  test('a restored server that holds much less stops for a person', async () => {
    const restored = new ModelSyncServer({ serverId: server.serverId, epoch: uuid(79) });
    restored.write(
      'catalogue',
      numbers(10, 20).map((n) => product(n)),
    );
    await expect(laptop.sync(restored)).rejects.toMatchObject({ code: 'MASS_DELETE' });
    expect(laptop.rows('catalogue')).toEqual(before);
    await laptop.sync(restored, { accepted: true });
    expect(laptop.rows('catalogue')).toEqual(restored.rows('catalogue'));
  });

  test('deletes of many rows stop for a person', async () => {
    server.write(
      'catalogue',
      numbers(10, 250).map((n) => gone('product', n)),
    );
    await expect(laptop.sync(server)).rejects.toMatchObject({ code: 'MASS_DELETE' });
    expect(laptop.rows('catalogue')).toEqual(before);
  });
});

describe('damage on the laptop', () => {
  beforeEach(async () => {
    server.write('catalogue', [brand(1), brand(2), ...numbers(10, 100).map((n) => product(n))]);
    await laptop.sync(server);
  });

  const damage = (sql: string): void => {
    laptop.replicas.get('catalogue', 'current')!.database.exec(sql);
  };

  test('S1: is found at the next sync and mended by fetching only what differs', async () => {
    const replica = laptop.replicas.get('catalogue', 'current')!;
    damage(`UPDATE product SET name = 'flipped' WHERE sku = 'P-12'`);
    damage(`DELETE FROM product WHERE sku = 'P-13'`);
    // The kept digest does not see what happens behind its back; a row that is lost on the way does change it.
    replica.begin();
    replica.removeRows('product', [uuid(14)]);
    replica.commit({});
    await laptop.sync(server);
    expectEqual();
    expect(laptop.rowsReceived).toBe(3);
  });

  test('that repairs do not mend ends in a plain error, not in a loop', async () => {
    const lie = server.digest('catalogue');
    server.digest = () => ({ ...lie, sum: lie.sum + 1 });
    await expect(laptop.sync(server)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    await expect(laptop.sync(server)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    server.requests = 0;
    await expect(laptop.sync(server)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(server.requests).toBe(1);
  });

  test('inside the file makes the laptop fetch it anew, in the same run', async () => {
    const { file } = laptop.replicas.get('catalogue', 'current')!;
    laptop.replicas.close();
    laptop.work.close();
    const bytes = readFileSync(file);
    // All but the first pages, which hold the schema, so that the file still opens.
    bytes.fill(0xa5, 4_096 * 12);
    writeFileSync(file, bytes);
    laptop.open();
    server.write(
      'catalogue',
      numbers(10, 90).map((n) => product(n, 'New')),
    );
    await laptop.sync(server);
    expectEqual();
  });

  test('of the whole file makes the laptop fetch it anew', async () => {
    const { file } = laptop.replicas.get('catalogue', 'current')!;
    laptop.replicas.close();
    laptop.work.close();
    rmSync(`${file}-wal`, { force: true });
    writeFileSync(file, Buffer.alloc(8_192, 7));
    laptop.open();
    await laptop.sync(server);
    expectEqual();
  });
});

test('whatever the server writes and wherever the laptop is stopped, they end equal', async () => {
  const step = fc.record({
    entity: fc.constantFrom('product' as const, 'brand' as const),
    number: fc.integer({ min: 10, max: 40 }),
    name: fc.option(fc.string({ minLength: 1, maxLength: 12 }), { nil: null }),
  });
  const moves = fc.array(
    fc.record({
      writes: fc.array(step, { minLength: 1, maxLength: 12 }),
      between: fc.array(step, { maxLength: 5 }),
      stopAt: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
      restart: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(moves, async (plan) => {
      const source = new ModelSyncServer({ serverId: uuid(1), epoch: uuid(2) });
      source.rowsPerPage = 3;
      const target = new SyncBench(uuid(3));
      const write = (
        steps: readonly { entity: 'product' | 'brand'; number: number; name: string | null }[],
      ) =>
        source.write(
          'catalogue',
          [...new Map(steps.map((one) => [`${one.entity}${one.number}`, one])).values()].map(
            ({ entity, number, name }) => {
              if (name === null) return gone(entity, number);
              return entity === 'product' ? product(number, name) : brand(number, name);
            },
          ),
        );
      try {
        for (const { writes, between, stopAt, restart } of plan) {
          write(writes);
          const first = source.requests;
          source.beforeAnswer = () => {
            if (source.requests === first + 2 && between.length > 0) write(between);
            if (stopAt !== null && source.requests === first + stopAt) throw new Error('stop');
          };
          await target.sync(source).catch((error: unknown) => {
            if ((error as Error).message !== 'stop') throw error;
          });
          if (restart) target.restart();
        }
        source.beforeAnswer = () => undefined;
        await target.sync(source);
        expect(target.rows('catalogue')).toEqual(source.rows('catalogue'));
        const replica = target.replicas.get('catalogue', 'current')!;
        expect(replica.state.digest).toEqual(source.digest('catalogue'));
        expect(replica.database.pragma('integrity_check', { simple: true })).toBe('ok');
      } finally {
        target.dispose();
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);
