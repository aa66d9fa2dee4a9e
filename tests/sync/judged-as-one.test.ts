import { expect, test } from 'vitest';
import { deliveryRow, idOf, lineRow } from '../support/server-rows.ts';
import { SITE_SCOPE, useSyncWorlds } from '../support/sync-world.ts';

const newWorld = useSyncWorlds();
const DELIVERY = idOf(30);
const LINES = [idOf(31), idOf(32)] as const;

/** A delivery with two lines that a person edits as one while the office changes its note. */
async function editedAsOne() {
  const world = await newWorld();
  await world.office(async (tx) => {
    await tx.insert('delivery', [deliveryRow(30, { note: 'before' })]);
    await tx.insert('delivery_line', [
      lineRow(31, { delivery_id: DELIVERY, expected: 5 }),
      lineRow(32, { delivery_id: DELIVERY, expected: 5 }),
    ]);
  });
  const laptop = await world.laptop();
  laptop.person.write([
    {
      kind: 'update',
      entity: 'delivery',
      id: DELIVERY,
      fields: { note: 'mine', supplier: 'Acme' },
    },
    { kind: 'update', entity: 'delivery_line', id: LINES[0], fields: { expected: 6 } },
    { kind: 'remove', entity: 'delivery_line', id: LINES[1] },
  ]);
  await world.office((tx) => tx.update('delivery', [deliveryRow(30, { note: 'theirs' })]));
  await laptop.sync(world.server);
  return { ...world, laptop };
}

type World = Awaited<ReturnType<typeof editedAsOne>>;

async function onServer({ laptop, server }: World) {
  await laptop.sync(server);
  const rows = [...(laptop.rows(SITE_SCOPE) ?? [])];
  expect(laptop.person.conflicts()).toEqual([]);
  expect(laptop.work.outbox.waiting()).toBe(0);
  return {
    delivery: laptop.see('delivery', DELIVERY),
    lines: rows
      .filter(([key]) => key.startsWith('delivery_line'))
      .map(([, row]) => [row[0], row[4]]),
  };
}

test('a conflict in the parent holds the whole operation, and only that', async () => {
  const { laptop } = await editedAsOne();
  expect(laptop.person.conflicts()).toMatchObject([
    { field: 'note', mine: 'mine', theirs: 'theirs' },
  ]);
  expect(laptop.see('delivery', DELIVERY)).toMatchObject({ note: 'theirs', supplier: null });
  expect(laptop.see('delivery_line', LINES[0])).toMatchObject({ expected: 5 });
});

test.each(['mine', 'theirs'] as const)(
  'decided as %s, what nobody asked about goes with it as one',
  async (choice) => {
    const world = await editedAsOne();
    const { laptop } = world;
    const [conflict] = laptop.person.conflicts();
    laptop.person.resolve([{ conflictId: conflict?.id ?? '', choice }]);
    expect(laptop.person.pending({ limit: 10, show: 'open' })).toMatchObject({
      waiting: 1,
      items: [{ changes: 3 }],
    });
    expect(await onServer(world)).toMatchObject({
      delivery: { note: choice, supplier: 'Acme' },
      lines: [[LINES[0], 6]],
    });
  },
);

test('nothing is sent before all that was asked is decided', async () => {
  const world = await newWorld();
  await world.office((tx) => tx.insert('delivery', [deliveryRow(30, { note: 'before' })]));
  const laptop = await world.laptop();
  const fields = { note: 'mine', supplier: 'Mine' };
  laptop.person.write([{ kind: 'update', entity: 'delivery', id: DELIVERY, fields }]);
  const theirs = { note: 'theirs', supplier: 'Theirs' };
  await world.office((tx) => tx.update('delivery', [deliveryRow(30, theirs)]));
  await laptop.sync(world.server);
  const [first, second] = laptop.person.conflicts();
  laptop.person.resolve([{ conflictId: first?.id ?? '', choice: 'mine' }]);
  expect(laptop.work.outbox.waiting()).toBe(0);
  laptop.person.resolve([{ conflictId: second?.id ?? '', choice: { merged: 'Both' } }]);
  expect(await onServer({ ...world, laptop })).toMatchObject({
    delivery: { note: 'mine', supplier: 'Both' },
  });
});
