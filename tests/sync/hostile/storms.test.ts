import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { refusalBody } from '../../../server/http/refusal.ts';
import { answerWith, captivePortal, type Fault } from '../../support/faulty-proxy.ts';
import type { HostileLaptop } from './support/hostile-laptop.ts';
import { type HostileWorld, openHostileWorld } from './support/hostile-world.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

let world: HostileWorld;
let laptop: HostileLaptop;
let recorded = 0;
beforeAll(async () => {
  world = await openHostileWorld();
  laptop = await world.laptop();
});
afterAll(() => world[Symbol.asyncDispose]());

const html = { headers: { 'content-type': 'text/html' }, body: '<h1>No</h1>' };

const tooMany = refusalBody({
  httpStatus: 429,
  code: 'TOO_MANY_REQUESTS',
  message: 'Too many requests. Try again later.',
  retryable: true,
});

// In one world, one storm after the other: what is left behind by one would show in the next.
test.each<[string, Fault, string]>([
  ['401, as when a token expires in the middle of a run', answerWith(401, html), 'UNAUTHORIZED'],
  ['413', answerWith(413, html), 'TOO_LARGE'],
  ['429 with Retry-After', answerWith(429, { headers: { 'retry-after': '1' } }), 'SERVER_BUSY'],
  [
    '429 of our own server',
    answerWith(429, { headers: { 'retry-after': '1' }, body: JSON.stringify(tooMany) }),
    'TOO_MANY_REQUESTS',
  ],
  ['500', answerWith(500, html), 'SERVER_ERROR'],
  ['502', answerWith(502, html), 'SERVER_ERROR'],
  ['503', answerWith(503, html), 'SERVER_BUSY'],
  ['the page of a captive portal', captivePortal, 'NOT_TALLYMAN'],
])('answers of %s keep the work, which is sent later', async (_, storm, code) => {
  const { operationId } = await laptop.adjust(1);
  recorded += 1;
  world.proxy.script = () => storm;
  expect(await laptop.sync()).toMatchObject({ outcome: 'error', error: { code } });
  expect(await laptop.look('pending')).toMatchObject({
    count: 1,
    items: [{ operationId, state: 'waiting' }],
  });
  expect(await laptop.stock()).toMatchObject({ onHand: 100 + recorded });
  world.proxy.heal();
  expect(await laptop.sync()).toMatchObject({ outcome: 'complete', rowsSent: 1 });
});

test('only pushes that fail with 401 still let a later run continue', async () => {
  await laptop.adjust(1);
  await laptop.adjust(1);
  recorded += 2;
  world.proxy.script = (procedure) => (procedure === 'sync.push' ? answerWith(401, html) : null);
  expect(await laptop.sync()).toMatchObject({ outcome: 'error', rowsSent: 0 });
  expect(await laptop.look('pending')).toMatchObject({ count: 2 });
  world.proxy.heal();
  expect(await laptop.sync()).toMatchObject({ outcome: 'complete', rowsSent: 2 });
});

test('after all storms everything is there once', async () => {
  await world.expectHealed();
  expect(await laptop.stock()).toMatchObject({ onHand: 100 + recorded, pending: 0 });
});
