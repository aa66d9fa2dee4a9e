import { expect, test, vi } from 'vitest';
import { firstCalls } from '../../support/faulty-proxy.ts';
import { idOf, locationRow } from '../../support/server-rows.ts';
import { type HostileLaptop, runToEnd } from './support/hostile-laptop.ts';
import { SITE } from './support/opening.ts';
import { openHostileWorld } from './support/hostile-world.ts';
import { laptopRows } from './support/look-into-laptop.ts';

vi.setConfig({ testTimeout: 240_000 });

/** A location where no goods are, so that it may be removed. */
const EMPTY_PLACE = idOf(22);

async function placeOf(laptop: HostileLaptop, id = EMPTY_PLACE): Promise<unknown> {
  return laptop.withApp(async ({ records }) => {
    return (await records.get({ entity: 'location', id }))?.row ?? null;
  });
}

async function remove(laptop: HostileLaptop, id = EMPTY_PLACE): Promise<void> {
  await laptop.withApp(({ records }) =>
    records.write([{ kind: 'remove', entity: 'location', id }]),
  );
}

test('two laptops that change different fields of one row both keep their change', async () => {
  await using world = await openHostileWorld();
  const [first, second] = [await world.laptop(), await world.laptop()];
  await first.edit('A-01', { name: 'Cold store' });
  await second.edit('A-01', { blocked: 1 });
  await first.sync();
  await second.sync();
  await world.expectHealed();
  for (const laptop of world.laptops) {
    expect(await placeOf(laptop, idOf(20))).toMatchObject({ name: 'Cold store', blocked: 1 });
    expect(await laptop.conflicts()).toEqual([]);
  }
});

test.each([
  ['mine', 'Freezer'],
  ['theirs', 'Cold store'],
] as const)(
  'two laptops that change one field: a person is asked once, and %s stays',
  async (choice, kept) => {
    await using world = await openHostileWorld();
    const [first, second] = [await world.laptop(), await world.laptop()];
    await first.edit('A-01', { name: 'Cold store', note: 'by first' });
    await second.edit('A-01', { name: 'Freezer', blocked: 1 });
    await first.sync();
    expect(await second.sync()).toMatchObject({ outcome: 'complete' });
    const items = await second.conflicts();
    expect(items).toMatchObject([
      {
        entity: 'location',
        rowId: idOf(20),
        field: 'name',
        base: null,
        mine: 'Freezer',
        theirs: 'Cold store',
      },
    ]);
    // Other fields are not held up, and other rows neither.
    await second.adjust(5);
    expect(await second.sync()).toMatchObject({ outcome: 'complete', rowsSent: 1 });
    await second.decide(choice);
    await world.expectHealed();
    for (const laptop of world.laptops) {
      expect(await placeOf(laptop, idOf(20))).toMatchObject({
        name: kept,
        note: 'by first',
        blocked: 1,
      });
      expect(await laptop.conflicts()).toEqual([]);
    }
  },
);

test.each([
  ['mine', 'Freezer'],
  ['theirs', null],
] as const)(
  'delete under edit: an edit of a row that was deleted is asked about, and %s stays',
  async (choice, kept) => {
    await using world = await openHostileWorld();
    const [first, second] = [await world.laptop(), await world.laptop()];
    await remove(first);
    await second.edit('B-01', { name: 'Freezer' });
    await first.sync();
    expect(await second.sync()).toMatchObject({ outcome: 'complete' });
    const items = await second.conflicts();
    expect(items).toMatchObject([
      { kind: 'updateDelete', rowId: EMPTY_PLACE, field: null, theirs: null },
    ]);
    // Lists show what the server has; the edit is kept whole in the conflict until it is decided.
    expect(await placeOf(second)).toBeNull();
    expect(items).toMatchObject([{ mine: { name: 'Freezer' } }]);
    await second.decide(choice);
    await world.expectHealed();
    for (const laptop of world.laptops) {
      const place = await placeOf(laptop);
      expect(place && (place as { name: string }).name).toBe(kept);
    }
  },
);

test.each([
  ['mine', null],
  ['theirs', 'Freezer'],
] as const)(
  'edit under delete: a delete of a row that was edited is asked about, and %s stays',
  async (choice, kept) => {
    await using world = await openHostileWorld();
    const [first, second] = [await world.laptop(), await world.laptop()];
    await first.edit('B-01', { name: 'Freezer' });
    await remove(second);
    await first.sync();
    expect(await second.sync()).toMatchObject({ outcome: 'complete' });
    const items = await second.conflicts();
    expect(items).toMatchObject([{ kind: 'deleteUpdate', rowId: EMPTY_PLACE, field: null }]);
    await second.decide(choice);
    await world.expectHealed();
    for (const laptop of world.laptops) {
      const place = await placeOf(laptop);
      expect(place && (place as { name: string }).name).toBe(kept);
    }
  },
);

test('an edit that is made while news of the same row are applied stays in sight and is sent', async () => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  await world.server.stop();
  await world.change(async (tx) => {
    const places = Array.from({ length: 3_000 }, (_, at) =>
      locationRow(1_000 + at, { site_id: SITE.id, code: `N${at}` }),
    );
    await tx.insert('location', places);
    await tx.update('location', [
      locationRow(20, { site_id: SITE.id, code: 'A-01', note: 'from the office' }),
    ]);
  });
  await world.restartServer();
  await laptop.withApp(async (app) => {
    const edit = {
      kind: 'update' as const,
      entity: 'location',
      id: idOf(20),
      fields: { name: 'Dock' },
    };
    let edits = 0;
    world.proxy.script = firstCalls('sync.pull', async ({ forward, reply }) => {
      reply(await forward());
      // From here the laptop applies, in steps; the edit comes between them.
      await app.records.write([edit]);
      edits += 1;
    });
    expect(await runToEnd(app)).toMatchObject({ outcome: 'complete' });
    await expect.poll(() => edits).toBe(1);
    expect(await app.records.get({ entity: 'location', id: idOf(20) })).toMatchObject({
      row: { name: 'Dock', note: 'from the office' },
    });
  });
  await world.expectHealed();
  const rows = laptopRows(laptop.folder)['location'] as { id: string }[];
  expect(rows.find(({ id }) => id === idOf(20))).toMatchObject({
    name: 'Dock',
    note: 'from the office',
  });
});
