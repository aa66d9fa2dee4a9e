import { expect, test } from 'vitest';
import { deliveryRow, idOf, lineRow } from '../support/server-rows.ts';
import { PLACE, PRODUCT, SITE_SCOPE, useSyncWorlds } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();

test('L15: a parent removed offline takes its children with it at once, and the server takes it without an error', async () => {
  const world = await openWorld();
  await world.office(async (tx) => {
    await tx.insert('delivery', [deliveryRow(40)]);
    const lines = [50, 51].map((number) => lineRow(number, { delivery_id: idOf(40) }));
    await tx.insert('delivery_line', lines);
  });
  const [mine, theirs] = [await world.laptop(), await world.laptop()];
  mine.person.write([{ kind: 'remove', entity: 'delivery', id: idOf(40) }]);
  for (const number of [50, 51]) expect(mine.see('delivery_line', idOf(number))).toBeNull();
  await mine.sync(world.server);
  await theirs.sync(world.server);
  expect(mine.person.pending({ limit: 10, show: 'attention' }).attention).toBe(0);
  for (const laptop of [mine, theirs]) expect(laptop.rows(SITE_SCOPE)?.size).toBe(3);
});

test('L15: a parent that something protected points to is not removed, on the laptop and on the server', async () => {
  const world = await openWorld();
  const [mine, theirs] = [await world.laptop(), await world.laptop()];
  mine.person.recordMovement({
    kind: 'receive',
    productId: PRODUCT,
    locationId: PLACE,
    toLocationId: null,
    quantity: 1,
    reason: null,
  });
  const remove = { kind: 'remove' as const, entity: 'location', id: PLACE };
  expect(() => mine.person.write([remove])).toThrow(
    expect.objectContaining({ code: 'ROW_IN_USE' }),
  );
  expect(mine.see('location', PLACE)).not.toBeNull();

  // Theirs does not know of the movement, so the server has to say it.
  theirs.person.write([remove]);
  await mine.sync(world.server);
  await theirs.sync(world.server);
  expect(theirs.person.pending({ limit: 10, show: 'attention' }).items).toMatchObject([
    { state: 'rejected', reason: { code: 'ROW_IN_USE' } },
  ]);
  expect(theirs.see('location', PLACE)).not.toBeNull();
});
