import { expect, test } from 'vitest';
import { TallymanError } from '../../shared/errors.ts';
import type { SyncServer } from '../../main/sync/sync-server.ts';
import { receive } from '../support/received-goods.ts';
import { SITE_SCOPE, type SyncWorld, useSyncWorlds, serverWith } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();

async function onHand({ server }: SyncWorld): Promise<number[]> {
  const levels = await server.store.reader.selectFrom('stock_level').select('quantity').execute();
  return levels.map(({ quantity }) => quantity);
}

test('pitfall 3: a reply lost after the commit is asked for again, and the goods are received once', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  receive(laptop, 5);
  world.server.faults = ['loseAnswer'];
  await expect(laptop.sync(world.server)).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  await laptop.sync(world.server);
  expect(await onHand(world)).toEqual([5]);
  expect(laptop.work.outbox.waiting()).toBe(0);
});

test('pitfall 3: a laptop killed between the commit of the server and its own note of it sends the same number again', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  const operationId = receive(laptop, 5);
  const dying = serverWith(world.server, {
    push: async (input, signal) => {
      await world.server.push(input, signal);
      // From here nothing of the run is written any more.
      throw new TallymanError('CANCELLED', 'killed');
    },
  });
  await expect(laptop.sync(dying)).rejects.toMatchObject({ code: 'CANCELLED' });
  const { number } = laptop.work.outbox.find(operationId) ?? {};
  laptop.restart();
  expect(laptop.work.outbox.find(operationId)).toMatchObject({ number, state: 'waiting' });
  await laptop.sync(world.server);
  expect(laptop.work.outbox.find(operationId)).toMatchObject({ number, state: 'applied' });
  expect(await onHand(world)).toEqual([5]);
  expect(laptop.rows(SITE_SCOPE)?.size).toBe(3 + 2);
});

test('pitfall 3: the same request from two windows at the same moment takes effect once, and both get the answer', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  receive(laptop, 5);
  const { server } = world;
  const pushes: Awaited<ReturnType<SyncServer['push']>>[] = [];
  const twice = serverWith(server, {
    push: async (input, signal) => {
      const answers = await Promise.all([server.push(input, signal), server.push(input, signal)]);
      pushes.push(...answers);
      return answers[1];
    },
  });
  await laptop.sync(twice);
  const [first, second] = pushes;
  expect(first?.results.map(({ outcome }) => outcome)).toEqual(
    second?.results.map(({ outcome }) => outcome),
  );
  expect(pushes.map(({ results }) => results[0]?.repeated)).toEqual([false, true]);
  expect(await onHand(world)).toEqual([5]);
});
