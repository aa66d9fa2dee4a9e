import { afterEach, expect, test, vi } from 'vitest';
import { idOf, locationRow, productRow } from '../support/server-rows.ts';
import { PLACE, rowsOf, SITE_SCOPE, useSyncWorlds, withoutRepair } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();
const timeZone = process.env['TZ'];
afterEach(() => {
  vi.useRealTimers();
  if (timeZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = timeZone;
});

test('pitfall 1: rows of one transaction, more than a page holds, all arrive, and nothing is sent twice', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  world.server.rowsPerPage = 7;
  const many = Array.from({ length: 40 }, (_, at) => productRow(100 + at));
  await world.office((tx) => tx.insert('product', many));
  await laptop.sync(withoutRepair(world.server));
  expect(laptop.rowsReceived).toBe(40);
  expect(rowsOf(laptop).size).toBe(1 + 3 + 40);

  const newcomer = await world.laptop();
  expect(rowsOf(newcomer)).toEqual(rowsOf(laptop));
});

const HOUR = 3_600_000;
/** The hour that Berlin had twice in 2026, and the one that it did not have. */
const CLOCKS_BACK = Date.UTC(2026, 9, 25, 0, 30);
const CLOCKS_FORWARD = Date.UTC(2026, 2, 29, 0, 30);

test.each([
  ['a year back', CLOCKS_FORWARD, CLOCKS_FORWARD - 365 * 24 * HOUR],
  ['an hour back, as when summer time ends', CLOCKS_BACK, CLOCKS_BACK + 0],
  ['over the hour that summer time leaves out', CLOCKS_FORWARD, CLOCKS_FORWARD + HOUR],
  ['three days forward, as after sleep', CLOCKS_FORWARD, CLOCKS_FORWARD + 72 * HOUR],
])('pitfall 2: a clock that goes %s changes no order', async (_, before, after) => {
  process.env['TZ'] = 'Europe/Berlin';
  const world = await openWorld();
  const [mine, theirs] = [await world.laptop(), await world.laptop()];
  vi.useFakeTimers({ toFake: ['Date'], now: before });
  mine.now = before;
  for (const name of ['first', 'second']) rename(name);
  vi.setSystemTime(after);
  mine.now = after;
  for (const name of ['third', 'last']) rename(name);
  await mine.sync(world.server);
  await theirs.sync(world.server);
  expect(theirs.see('location', PLACE)).toMatchObject({ name: 'last' });
  expect(mine.see('location', PLACE)).toMatchObject({ name: 'last' });
  // The office writes with its clock wrong, too, and is heard all the same.
  await world.office((tx) => tx.update('location', [locationRow(0, { name: 'office' })]));
  await mine.sync(world.server);
  expect(mine.see('location', PLACE)).toMatchObject({ name: 'office' });
  expect(mine.rows(SITE_SCOPE)?.size).toBe(3);

  function rename(name: string): void {
    mine.person.write([{ kind: 'update', entity: 'location', id: idOf(0), fields: { name } }]);
  }
});
