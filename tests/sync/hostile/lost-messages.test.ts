import { expect, test, vi } from 'vitest';
import {
  cutAnswer,
  double,
  type Exchange,
  firstCalls,
  loseAnswer,
  loseRequest,
  repeat,
  slow,
} from '../../support/faulty-proxy.ts';
import { openHostileWorld } from './support/hostile-world.ts';
import { answersOf } from './support/look-into-server.ts';

vi.setConfig({ testTimeout: 240_000 });

test.each([
  ['the answer is lost after the commit', loseAnswer],
  ['the answer is cut half way', cutAnswer],
  ['the request is lost', loseRequest],
])('%s: the operation is sent again and takes effect once', async (_, fault) => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  const { operationId } = await laptop.adjust(-3);
  world.proxy.script = firstCalls('sync.push', fault);
  expect(await laptop.sync()).toMatchObject({ outcome: 'error' });
  expect(await laptop.look('pending')).toMatchObject({ count: 1, items: [{ operationId }] });
  expect(await laptop.stock()).toMatchObject({ onHand: 97 });
  expect(await laptop.sync()).toMatchObject({ outcome: 'complete', rowsSent: 1 });
  await world.expectHealed();
  expect(await answersOf(world.server.location)).toMatchObject([
    { operationId, outcome: { kind: 'applied' } },
  ]);
});

test.each([
  ['twice at the same time', double],
  ['again after it was answered', repeat],
  ['slowly', slow(1_500)],
])('a request that arrives %s takes effect once', async (_, fault) => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  await laptop.adjust(7);
  world.proxy.script = (procedure) => (procedure === 'sync.push' ? fault : null);
  expect(await laptop.sync()).toMatchObject({ outcome: 'complete', rowsSent: 1 });
  await world.expectHealed();
  expect(await answersOf(world.server.location)).toHaveLength(1);
});

test('a request that is delayed past the next run changes nothing when it arrives at last', async () => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  await laptop.adjust(4);
  const delayed: Exchange[] = [];
  world.proxy.script = firstCalls('sync.push', (exchange) => {
    delayed.push(exchange);
    exchange.cut();
  });
  expect(await laptop.sync()).toMatchObject({ outcome: 'error' });
  await laptop.adjust(5);
  expect(await laptop.sync()).toMatchObject({ outcome: 'complete', rowsSent: 2 });
  for (const { forward } of delayed) expect((await forward()).status).toBe(200);
  expect(delayed).toHaveLength(1);
  await world.expectHealed();
  expect(await laptop.stock()).toMatchObject({ onHand: 109 });
  expect(await answersOf(world.server.location)).toHaveLength(2);
});

test('a pull whose answer is lost or cut is made again', async () => {
  await using world = await openHostileWorld();
  const [laptop, other] = [await world.laptop(), await world.laptop()];
  await other.adjust(9);
  await other.sync();
  for (const fault of [loseAnswer, cutAnswer]) {
    world.proxy.script = (procedure) => (procedure === 'sync.pull' ? fault : null);
    expect(await laptop.sync()).toMatchObject({ outcome: 'error' });
    expect(await laptop.stock()).toMatchObject({ onHand: 100 });
  }
  await world.expectHealed();
  expect(await laptop.stock()).toMatchObject({ onHand: 109 });
});
