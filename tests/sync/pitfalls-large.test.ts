import { expect, test } from 'vitest';
import {
  CHANGES_PER_OPERATION_MAX,
  PUSH_BYTES_MAX,
  PUSH_OPERATIONS_MAX,
} from '../../shared/sync/operation.ts';
import { creation, SendingLaptop } from '../support/sending-laptop.ts';
import { idOf, lineRow, locationRow, movementRow } from '../support/server-rows.ts';
import type { SyncBench } from '../support/sync-bench.ts';
import { IS_POSTGRES } from '../support/test-store.ts';
import {
  PLACE,
  PRODUCT,
  serverWith,
  SITE,
  SITE_SCOPE,
  useSyncWorlds,
} from '../support/sync-world.ts';

const openWorld = useSyncWorlds();

function deliver(laptop: SyncBench, lines: number): void {
  const delivery = idOf(900);
  laptop.person.write([
    {
      kind: 'create',
      entity: 'delivery',
      id: delivery,
      row: {
        site_id: SITE,
        code: 'D',
        supplier: null,
        state: 'expected',
        expected_at: null,
        note: null,
      },
    },
    ...Array.from({ length: lines }, (_, at) => ({
      kind: 'create' as const,
      entity: 'delivery_line',
      id: idOf(10_000 + at),
      row: lineRow(10_000 + at, { delivery_id: delivery }),
    })),
  ]);
}

test('pitfall 11: an operation of as many rows as one may change is applied in one version', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  deliver(laptop, CHANGES_PER_OPERATION_MAX - 1);
  const before = laptop.replicas.get(SITE_SCOPE, 'current')?.state.version ?? 0;
  await laptop.sync(world.server);
  expect(laptop.work.outbox.waiting()).toBe(0);
  expect(laptop.replicas.get(SITE_SCOPE, 'current')?.state.version).toBe(before + 1);
  expect(laptop.rows(SITE_SCOPE)?.size).toBe(3 + CHANGES_PER_OPERATION_MAX);
});

test('pitfall 11: an operation of more rows is refused where it is made, and by the server', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  expect(() => deliver(laptop, CHANGES_PER_OPERATION_MAX)).toThrow(
    expect.objectContaining({ code: 'TOO_LARGE' }),
  );
  expect(laptop.work.outbox.waiting()).toBe(0);
  const changes = Array.from({ length: 50_000 }, (_, at) =>
    creation('location', locationRow(10_000 + at)),
  );
  const sender = new SendingLaptop(world.server.store, 5);
  const input = {
    protocol: 2,
    deviceId: sender.deviceId,
    serverId: null,
    operations: [sender.operation(changes)],
  };
  await expect(world.server.push(input, new AbortController().signal)).rejects.toThrow(/1000/);
});

test(
  'pitfall 11: 10,000 operations after a month go in bounded batches, in order, and each takes effect once',
  {
    timeout: 240_000,
  },
  async () => {
    const OPERATIONS = 10_000;
    const world = await openWorld();
    const laptop = await world.laptop();
    laptop.work.outbox.together(() => {
      for (let at = 0; at < OPERATIONS; at++) {
        laptop.person.recordMovement({
          kind: 'adjust',
          productId: PRODUCT,
          locationId: PLACE,
          toLocationId: null,
          quantity: 1 + (at % 3),
          // The first are so large that bytes bound their batches, and not the count.
          reason: at < 600 ? '牛'.repeat(500) : null,
        });
      }
    });
    const { server } = world;
    const batches: { operations: number; bytes: number }[] = [];
    const numbers: number[] = [];
    const counting = serverWith(server, {
      push: (input, signal) => {
        const { operations } = input;
        batches.push({
          operations: operations.length,
          bytes: Buffer.byteLength(
            JSON.stringify(operations.map((one) => 'changes' in one && one.changes)),
          ),
        });
        numbers.push(...operations.map(({ number }) => number));
        return server.push(input, signal);
      },
    });
    server.rowsPerPage = 5_000;
    // The network goes in the middle of it; the next run goes on where it was.
    server.faults = [...Array.from({ length: 20 }, () => 'none' as const), 'loseAnswer'];
    await expect(laptop.sync(counting)).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
    await laptop.sync(counting);

    expect(laptop.work.outbox.waiting()).toBe(0);
    for (const { operations, bytes } of batches) {
      expect(operations).toBeLessThanOrEqual(PUSH_OPERATIONS_MAX);
      expect(bytes).toBeLessThanOrEqual(PUSH_BYTES_MAX);
    }
    expect([...new Set(numbers)]).toEqual(Array.from({ length: OPERATIONS }, (_, at) => at + 1));
    const levels = await server.store.reader.selectFrom('stock_level').select('quantity').execute();
    const sum = Array.from({ length: OPERATIONS }, (_, at) => 1 + (at % 3)).reduce((a, b) => a + b);
    expect(levels).toEqual([{ quantity: sum }]);
    expect(laptop.rows(SITE_SCOPE)?.size).toBe(3 + 1 + OPERATIONS);
  },
);

// Each push is some twenty round trips to PostgreSQL under the lock of the scope; whoever waits too long is told to come back.
const RETURNING_LAPTOPS = IS_POSTGRES ? 200 : 2_000;

test(`pitfall 11: ${RETURNING_LAPTOPS} laptops that come back at the same moment are all served, and each once`, async () => {
  const world = await openWorld();
  const { store } = world.server;
  const laptops = Array.from(
    { length: RETURNING_LAPTOPS },
    (_, at) => new SendingLaptop(store, 100 + at),
  );
  const outcomes = await Promise.all(
    laptops.map((laptop, at) =>
      laptop.does(creation('stock_movement', movementRow(20_000 + at, { quantity: 1 }))),
    ),
  );
  expect(outcomes.map((outcome) => outcome?.kind)).toEqual(laptops.map(() => 'applied'));
  const levels = await store.reader.selectFrom('stock_level').select('quantity').execute();
  expect(levels).toEqual([{ quantity: laptops.length }]);
});
