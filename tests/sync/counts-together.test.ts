import { expect, it } from 'vitest';
import {
  APPROVER,
  approves,
  asksForRecount,
  COUNT,
  COUNTER,
  finishes,
  GOODS,
  moves,
  sees,
  takesFurther,
  useCountingWorlds,
} from '../support/counting-world.ts';
import { countLineId } from '../../shared/domain/count-ids.ts';
import { idOf } from '../support/server-rows.ts';

/** Several laptops, with the server's own code, on real files. */
const newWorld = useCountingWorlds();
const LINE = countLineId(COUNT, GOODS);

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

it.each(ORDERS)(
  'R9, S15: two people count the same goods offline while a third moves some: order %d %d %d',
  async (...order) => {
    const world = await newWorld();
    const laptops = [await world.laptop(), await world.laptop(), await world.laptop()] as const;
    sees(laptops[0], 4, { at: 2_000 });
    sees(laptops[1], 3, { at: 2_500, by: idOf(702) });
    moves(laptops[2], -2, 3_000);
    for (const at of order) await laptops[at].sync(world.server);
    approves(laptops[2]);
    await laptops[2].sync(world.server);
    // Seven of ten were there; two left afterwards.
    expect(await world.level()).toBe(5);
    const seen = await world.server.store.reader
      .selectFrom('count_observation')
      .select('quantity')
      .orderBy('quantity')
      .execute();
    expect(seen.map(({ quantity }) => quantity)).toEqual([3, 4]);
    for (const laptop of laptops) await laptop.sync(world.server);
    const lines = laptops.map((laptop) => laptop.see('count_line', LINE));
    expect(lines[0]).toMatchObject({ counted: 7, book: 10, seen_at: 2_500 });
    expect(lines).toEqual([lines[0], lines[0], lines[0]]);
  },
);

it('F11, R10: a laptop that was offline during the count changes nothing about what the count said', async () => {
  const world = await newWorld();
  const counter = await world.laptop();
  const away = await world.laptop();
  moves(away, 5, 1_500);
  sees(counter, 15, { at: 2_000 });
  await counter.sync(world.server);
  approves(counter);
  await counter.sync(world.server);
  // The ledger knew of ten, so five were posted.
  expect(await world.level()).toBe(15);
  await away.sync(world.server);
  expect(await world.level()).toBe(15);
  expect(await world.posted()).toEqual([5, -5]);
});

it('S14, R11: two laptops approve together and an answer is lost: one set of adjustments', async () => {
  const world = await newWorld('review');
  const one = await world.laptop();
  const two = await world.laptop();
  sees(one, 7, { at: 2_000 });
  approves(one);
  sees(two, 1, { at: 2_000, by: idOf(702) });
  approves(two, idOf(710));
  world.server.faults = ['loseAnswer'];
  await one.sync(world.server).catch(() => undefined);
  await two.sync(world.server);
  await one.sync(world.server);
  await two.sync(world.server);
  expect(await world.level()).toBe(8);
  expect((await world.posted()).reduce((sum, quantity) => sum + quantity, 0)).toBe(-2);
  expect(one.see('stock_count', COUNT)).toMatchObject({ stage: 3, approved_by: APPROVER });
  expect(two.see('stock_count', COUNT)).toEqual(one.see('stock_count', COUNT));
});

it('S9: zeros that somebody has confirmed stay, whatever else is refused', async () => {
  const world = await newWorld('review');
  const counter = await world.laptop();
  sees(counter, 0, { at: 2_000 });
  const refused = approves(counter, COUNTER);
  await counter.sync(world.server);
  const { items } = counter.person.pending({ limit: 10, show: 'attention' });
  expect(items.find(({ operationId }) => operationId === refused)).toMatchObject({
    state: 'rejected',
  });
  const other = await world.laptop();
  approves(other);
  await other.sync(world.server);
  expect(await world.level()).toBe(0);
});

it('F10: a recount is what counts once somebody has looked again', async () => {
  const world = await newWorld();
  const counter = await world.laptop();
  const boss = await world.laptop();
  sees(counter, 4, { at: 2_000 });
  finishes(counter, 2_100);
  await counter.sync(world.server);
  await boss.sync(world.server);
  asksForRecount(boss);
  await boss.sync(world.server);
  sees(counter, 9, { at: 3_000, round: 2 });
  takesFurther(counter, 'review');
  await counter.sync(world.server);
  approves(boss);
  await boss.sync(world.server);
  expect(await world.level()).toBe(9);
});

it('F8: goods that nobody saw at a finished place are not there, on every laptop', async () => {
  const world = await newWorld();
  const counter = await world.laptop();
  finishes(counter, 2_000);
  await counter.sync(world.server);
  const boss = await world.laptop();
  approves(boss);
  await boss.sync(world.server);
  await counter.sync(world.server);
  expect(await world.level()).toBe(0);
  expect(counter.see('count_line', LINE)).toMatchObject({ counted: 0, book: 10, seen_at: 2_000 });
});
