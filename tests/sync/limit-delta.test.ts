import { beforeEach, expect, test } from 'vitest';
import { ENTITIES, type EntityName } from '../../shared/entities/registry.ts';
import type { PushInput } from '../../shared/sync/protocol.ts';
import { sampleRow } from '../support/sample-row.ts';
import { idOf, locationRow, productRow } from '../support/server-rows.ts';
import type { SyncBench } from '../support/sync-bench.ts';
import { serverWith, type SyncWorld, useSyncWorlds } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();

/** Of entities of every pattern, something that may change. Entities that are added have tests of their own. */
const CHANGES: Partial<Record<EntityName, Record<string, unknown>>> = {
  category: { name: 'Changed' },
  brand: { name: 'Changed' },
  site: { name: 'Changed' },
  product: { name: 'Changed' },
  barcode: { pack_quantity: 77 },
  location: { note: 'Changed' },
  stock_level: { quantity: 77 },
  product_note: { text: 'Changed' },
  stock_movement: { reason: 'Changed' },
  delivery: { note: 'Changed' },
  delivery_line: { received: 77 },
};

let world: SyncWorld;
let laptop: SyncBench;
beforeEach(async () => {
  world = await openWorld();
  await world.office(async (tx) => {
    for (const entity of ENTITIES) {
      await tx.insert(entity.name, [sampleRow(entity, 1) as never]);
    }
    const many = Array.from({ length: 40 }, (_, at) => 3_000 + at);
    await tx.insert(
      'location',
      many.map((number) => locationRow(number)),
    );
    await tx.insert(
      'product',
      many.map((number) => productRow(number)),
    );
  });
  laptop = await world.laptop();
});

const changing = ENTITIES.filter(({ name }) => name in CHANGES);

test.each(changing.map((entity) => [entity.pattern.kind, entity.name, entity] as const))(
  'L1: a pattern that is %s moves the one %s that changed, and no other row',
  async (_, name, entity) => {
    await world.office((tx) =>
      tx.update(name, [{ ...sampleRow(entity, 1), ...CHANGES[name] } as never]),
    );
    await laptop.sync(world.server);
    expect([laptop.rowsReceived, laptop.changed]).toEqual([1, [[name]]]);
  },
);

test('L1: with nothing new, no row moves in either direction', async () => {
  await laptop.sync(world.server);
  expect([laptop.rowsReceived, laptop.operationsSent, laptop.changed]).toEqual([0, 0, []]);
});

test('L2: what a person changed goes up as the fields that changed, once', async () => {
  const pushed: PushInput[] = [];
  const { server } = world;
  const watched = serverWith(server, {
    push: (input, signal) => {
      pushed.push(input);
      return server.push(input, signal);
    },
  });
  laptop.person.write([
    { kind: 'update', entity: 'location', id: idOf(3_007), fields: { name: 'Rack', note: null } },
  ]);
  await laptop.sync(watched);
  await laptop.sync(watched);
  expect(pushed.map(({ operations }) => operations)).toMatchObject([
    [
      {
        changes: [{ kind: 'update', id: idOf(3_007), from: { name: null }, to: { name: 'Rack' } }],
      },
    ],
  ]);
  // Nothing but the field that differs.
  expect(JSON.stringify(pushed)).not.toContain('note');
});

test('L20: to send what one did brings the news of others with it', async () => {
  await world.office((tx) => tx.update('product', [productRow(3_001, { name: 'News' })]));
  laptop.person.write([
    { kind: 'update', entity: 'location', id: idOf(3_007), fields: { name: 'Rack' } },
  ]);
  await laptop.sync(world.server, { unit: 'send' });
  expect(laptop.see('product', idOf(3_001))).toMatchObject({ name: 'News' });
  expect(laptop.work.outbox.waiting()).toBe(0);
});
