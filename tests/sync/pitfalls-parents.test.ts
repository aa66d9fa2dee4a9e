import { expect, test } from 'vitest';
import {
  deliveryRow,
  idOf,
  levelRow,
  lineRow,
  locationRow,
  productRow,
} from '../support/server-rows.ts';
import { rowsOf, SITE_SCOPE, useSyncWorlds, withoutRepair } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();

test.each([1, 2, 3])(
  'pitfall 7: children that come pages before their parents, %i rows a page, all arrive',
  async (rowsPerPage) => {
    const world = await openWorld();
    const waiting = await world.laptop();
    const numbers = [50, 51, 52, 53];
    await world.office(async (tx) => {
      await tx.insert('delivery', [deliveryRow(40)]);
      await tx.insert(
        'delivery_line',
        numbers.map((number) => lineRow(number, { delivery_id: idOf(40) })),
      );
    });
    // The parent changes afterwards, so its place in the order of versions is behind its children.
    await world.office((tx) => tx.update('delivery', [deliveryRow(40, { supplier: 'Acme' })]));
    world.server.rowsPerPage = rowsPerPage;
    await waiting.sync(withoutRepair(world.server));
    const newcomer = await world.laptop();
    for (const laptop of [waiting, newcomer]) {
      expect(laptop.see('delivery', idOf(40))).toMatchObject({ supplier: 'Acme' });
      for (const number of numbers) {
        expect(laptop.see('delivery_line', idOf(number))).toMatchObject({ delivery_id: idOf(40) });
      }
    }
    expect(newcomer.rows(SITE_SCOPE)).toEqual(waiting.rows(SITE_SCOPE));
  },
);

test('pitfall 7: a row whose parent is in a scope that comes later is kept, and is whole once the parent is there', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  await world.office(async (tx) => {
    await tx.insert('product', [productRow(60, { name: 'New product' })]);
    await tx.insert('stock_level', [levelRow(61, { product_id: idOf(60), quantity: 8 })]);
  });
  await laptop.sync(withoutRepair(world.server), { unit: 'stock' });
  expect(laptop.see('product', idOf(60))).toBeNull();
  expect(laptop.see('stock_level', idOf(61))).toMatchObject({ quantity: 8 });
  await laptop.sync(withoutRepair(world.server), { unit: 'catalogue' });
  expect(laptop.see('product', idOf(60))).toMatchObject({ name: 'New product' });
  const newcomer = await world.laptop();
  expect([rowsOf(laptop), rowsOf(laptop, SITE_SCOPE)]).toEqual([
    rowsOf(newcomer),
    rowsOf(newcomer, SITE_SCOPE),
  ]);
});

test('pitfall 7: a parent that goes with its children, and one that is replaced, leave no orphan', async () => {
  const world = await openWorld();
  await world.office(async (tx) => {
    await tx.insert('delivery', [deliveryRow(40)]);
    await tx.insert(
      'delivery_line',
      [50, 51].map((number) => lineRow(number, { delivery_id: idOf(40) })),
    );
  });
  const laptop = await world.laptop();
  world.server.rowsPerPage = 1;
  await world.office(async (tx) => {
    await tx.remove('delivery_line', [idOf(50), idOf(51)]);
    await tx.remove('delivery', [idOf(40)]);
    await tx.insert('delivery', [deliveryRow(41)]);
    await tx.insert('location', [locationRow(8)]);
    await tx.insert('delivery_line', [lineRow(50, { delivery_id: idOf(41) })]);
  });
  await laptop.sync(withoutRepair(world.server));
  const lines = laptop.records
    .reader()
    .list({ entity: 'delivery_line', where: {}, cursor: null, limit: 10 }).items;
  expect(lines.map(({ row }) => row['delivery_id'])).toEqual([idOf(41)]);
  expect(laptop.see('delivery', idOf(40))).toBeNull();
});
