import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { type Exchange, firstCalls } from '../../support/faulty-proxy.ts';
import type { Recorded } from './support/hostile-laptop.ts';
import { lastJson } from './support/hostile-laptop.ts';
import { openHostileWorld } from './support/hostile-world.ts';
import { operationsOf } from './support/look-into-laptop.ts';
import { answersOf } from './support/look-into-server.ts';

vi.setConfig({ testTimeout: 240_000 });

const RANDOM_KILLS = 8;

test.each([
  ['before', false],
  ['after', true],
])('a server killed %s the commit does each operation once', async (_, commits) => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  await laptop.adjust(-3);
  await laptop.adjust(-4);
  world.proxy.script = firstCalls('sync.push', async ({ forward, cut }) => {
    if (commits) await forward();
    await world.server.kill();
    cut();
  });
  expect(await laptop.sync()).toMatchObject({ outcome: 'error' });
  expect(await answersOf(world.server.location)).toHaveLength(commits ? 2 : 0);
  expect(await laptop.stock()).toMatchObject({ onHand: 93 });
  await world.expectHealed();
  expect(await laptop.stock()).toMatchObject({ onHand: 93 });
});

type Stage = readonly [
  name: string,
  procedure: string,
  at: (exchange: Exchange, kill: () => void) => Promise<void>,
];
const STAGES: readonly Stage[] = [
  ['before its operations are sent', 'sync.push', async (_, kill) => kill()],
  [
    'while the server commits them',
    'sync.push',
    async ({ forward }, kill) => {
      const answer = forward();
      kill();
      await answer;
    },
  ],
  [
    'when they are answered but it has not heard so',
    'sync.push',
    async ({ forward }, kill) => {
      await forward();
      kill();
    },
  ],
  [
    'while it files the answers',
    'sync.push',
    async ({ forward, reply }, kill) => {
      reply(await forward());
      await sleep(randomInt(0, 12));
      kill();
    },
  ],
  ['before it has fetched anything', 'sync.pull', async (_, kill) => kill()],
  [
    'while it applies what it has fetched',
    'sync.pull',
    async ({ forward, reply }, kill) => {
      reply(await forward());
      await sleep(randomInt(0, 25));
      kill();
    },
  ],
];

test('a laptop killed at any stage of a run loses nothing and doubles nothing', async () => {
  await using world = await openHostileWorld();
  const [laptop, other] = [await world.laptop(), await world.laptop()];
  for (const [name, procedure, at] of STAGES) {
    await laptop.adjust(1);
    await other.adjust(10, { location: 'A-02' });
    expect(await other.sync(), name).toMatchObject({ outcome: 'complete' });
    const { child, ended } = await laptop.startSync();
    world.proxy.script = firstCalls(procedure, async (exchange) => {
      await at(exchange, () => child.kill('SIGKILL'));
      exchange.cut();
    });
    expect(await ended, name).toMatchObject({ signal: 'SIGKILL' });
    world.proxy.heal();
  }
  await world.expectHealed();
  expect(await laptop.stock()).toMatchObject({ onHand: 100 + 11 * STAGES.length, pending: 0 });
});

test('a laptop killed at random moments of its work and its runs keeps every operation that was confirmed', async () => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  const confirmed: string[] = [];
  const kills: string[] = [];
  for (let round = 0; round < RANDOM_KILLS; round++) {
    const { operationId } = await laptop.adjust(1);
    confirmed.push(operationId);
    const isWork = round % 3 === 2;
    const program = isWork
      ? await laptop.start(
          'adjust',
          '--barcode',
          '4006381333931',
          '--location',
          'A-01',
          '--quantity',
          '2',
        )
      : await laptop.startSync();
    const ms = randomInt(150, 1_200);
    kills.push(`${isWork ? 'adjust' : 'sync'} after ${ms} ms`);
    const timer = setTimeout(() => program.child.kill('SIGKILL'), ms);
    const finished = await program.ended;
    clearTimeout(timer);
    if (isWork && finished.stdout !== '')
      confirmed.push((lastJson(finished) as Recorded).operationId);
  }
  const about = `killed: ${kills.join(', ')}`;
  await world.expectHealed();
  const applied = operationsOf(laptop.folder).filter(({ state }) => state === 'applied');
  const known = new Set(applied.map(({ operationId }) => operationId));
  expect(
    confirmed.filter((id) => !known.has(id)),
    about,
  ).toEqual([]);
  const answered = (await answersOf(world.server.location)).map(({ operationId }) => operationId);
  expect(answered.toSorted(), about).toEqual([...known].toSorted());
});

test('a server killed at random moments answers each operation once', async () => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  const kills: number[] = [];
  for (let round = 0; round < 3; round++) {
    await laptop.withApp(async (app) => {
      const [location] = await app.stock.locations({ siteId: null, text: 'A-01', limit: 1 });
      const found = await app.catalogue.scan('4006381333931');
      for (let count = 0; count < 150; count++) {
        await app.stock.record({
          kind: 'adjust',
          productId: found?.product.id ?? '',
          locationId: location?.id ?? '',
          toLocationId: null,
          quantity: 1,
          reason: null,
        });
      }
    });
    const ms = randomInt(0, 120);
    kills.push(ms);
    world.proxy.script = firstCalls('sync.push', async ({ forward, reply, cut }) => {
      const answered = forward().then(reply, cut);
      await sleep(ms);
      await world.server.kill();
      await answered;
    });
    const { child, ended } = await laptop.startSync();
    await ended;
    expect(child.exitCode).not.toBeNull();
    await world.restartServer();
  }
  await world.expectHealed();
  expect(await laptop.stock(), `killed after ${kills.join(', ')} ms`).toMatchObject({
    onHand: 100 + 3 * 150,
  });
});
