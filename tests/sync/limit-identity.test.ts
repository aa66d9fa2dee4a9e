import { expect, test } from 'vitest';
import { must } from '../../shared/domain/assert.ts';
import { idOf } from '../support/server-rows.ts';
import { PLACE, PRODUCT, SITE, useSyncWorlds } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();

test('L3: rows made offline keep their ids for ever, on the laptop, on the server and on other laptops', async () => {
  const world = await openWorld();
  const [mine, theirs] = [await world.laptop(), await world.laptop()];
  const { ids } = mine.person.write([
    {
      kind: 'create',
      entity: 'delivery',
      row: {
        site_id: SITE,
        code: 'D',
        supplier: null,
        state: 'expected',
        expected_at: null,
        note: null,
      },
    },
  ]);
  const delivery = must(ids[0], 'an id');
  const line = must(
    mine.person.write([
      {
        kind: 'create',
        entity: 'delivery_line',
        row: {
          site_id: SITE,
          delivery_id: delivery,
          product_id: PRODUCT,
          expected: 5,
          received: 0,
        },
      },
    ]).ids[0],
    'an id',
  );
  await mine.sync(world.server);
  await theirs.sync(world.server);
  const onServer = await world.server.store.reader
    .selectFrom('delivery_line')
    .select(['id', 'delivery_id'])
    .execute();
  expect(onServer).toEqual([{ id: line, delivery_id: delivery }]);
  for (const laptop of [mine, theirs]) {
    expect(laptop.see('delivery', delivery)).toMatchObject({ code: 'D' });
    expect(laptop.see('delivery_line', line)).toMatchObject({ delivery_id: delivery });
  }
});

test("L12: one's own earlier change is never taken for somebody else's, though its answer was lost", async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  const rename = (name: string): void => {
    laptop.person.write([{ kind: 'update', entity: 'location', id: PLACE, fields: { name } }]);
  };
  rename('first');
  world.server.faults = ['loseAnswer'];
  await expect(laptop.sync(world.server)).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  rename('second');
  rename('third');
  world.server.faults = ['none', 'loseAnswer'];
  await laptop.sync(world.server).catch(() => undefined);
  rename('last');
  await laptop.sync(world.server);
  expect(laptop.person.conflicts()).toEqual([]);
  expect(laptop.see('location', idOf(0))).toMatchObject({ name: 'last' });
  expect(
    await world.server.store.reader
      .selectFrom('location')
      .select('name')
      .where('id', '=', PLACE)
      .execute(),
  ).toEqual([{ name: 'last' }]);
});
