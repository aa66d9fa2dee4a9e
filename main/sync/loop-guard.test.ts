import { expect, test } from 'vitest';
import { createQueueBench, UNREACHABLE } from '../../tests/support/queue-bench.ts';
import { LOOP_WINDOW_MS } from './loop-guard.ts';

type Bench = ReturnType<typeof createQueueBench>;

/** A page whose handler of a run's end triggers the same unit again, as long as that runs at once. */
async function retriggerInALoop(bench: Bench, end: (bench: Bench) => Promise<void>): Promise<void> {
  bench.trigger('full', 'user');
  for (let round = 0; round < 100; round++) {
    const before = bench.runs();
    await end(bench);
    bench.trigger('full', 'user');
    if (bench.runs() === before) return;
  }
}

test.each<[string, (bench: Bench) => Promise<void>]>([
  ['nothing to do', (bench) => bench.running().endIdle()],
  ['nothing but failures', (bench) => bench.running().end(UNREACHABLE)],
])(
  'checklist 2: a handler that triggers its own unit with %s gets one extra run',
  async (_, end) => {
    const bench = createQueueBench();
    await retriggerInALoop(bench, end);
    expect(bench.runs()).toBe(2);
    expect(bench.events.filter((event) => event === 'suppressed full')).toHaveLength(1);
  },
);

test('what was suppressed waits as one job and runs when the window is over', async () => {
  const bench = createQueueBench();
  await retriggerInALoop(bench, (one) => one.running().endIdle());
  const first = bench.trigger('full', 'user');
  expect(first.accepted).toBe('suppressed');
  expect(bench.trigger('full', 'user')).toEqual(first);
  expect(bench.store.jobs()).toHaveLength(1);
  expect(bench.events.filter((event) => event === 'suppressed full')).toHaveLength(1);
  bench.advance(LOOP_WINDOW_MS - 1);
  expect(bench.runs()).toBe(2);
  bench.advance(1);
  expect(bench.runs()).toBe(3);
  await bench.running().endIdle();
  expect(bench.store.jobs()).toEqual([]);
});

test('a run that was asked for while the idle one went on is the extra one', async () => {
  const bench = createQueueBench();
  bench.trigger('full', 'user');
  bench.trigger('full', 'user');
  await bench.running().endIdle();
  expect(bench.runs()).toBe(2);
  expect(bench.trigger('full', 'user').accepted).toBe('suppressed');
});

test('work is no loop: runs that move something follow each other freely', async () => {
  const bench = createQueueBench();
  for (let round = 0; round < 20; round++) {
    expect(bench.trigger('full', 'user').accepted).toBe('queued');
    await bench.running().end();
  }
  expect(bench.runs()).toBe(20);
});

test.each(['tray', 'menu', 'cli', 'interval'] as const)(
  'a trigger by %s comes from outside the page and is never suppressed',
  async (reason) => {
    const bench = createQueueBench();
    await retriggerInALoop(bench, (one) => one.running().endIdle());
    bench.trigger('full', reason);
    expect(bench.runs()).toBe(3);
  },
);

test('somebody who stops a run again and again may start it again', async () => {
  const bench = createQueueBench();
  for (let round = 0; round < 5; round++) {
    const { jobId, accepted } = bench.trigger('full', 'user');
    expect(accepted).toBe('queued');
    bench.queue.cancel(jobId);
    await bench.running().end(bench.running().signal.reason as Error);
  }
  expect(bench.runs()).toBe(5);
});

test('new work ends the suspicion, and hurries nothing by itself', async () => {
  const bench = createQueueBench();
  await retriggerInALoop(bench, (one) => one.running().endIdle());
  bench.queue.noteWork();
  expect(bench.runs()).toBe(2);
  expect(bench.trigger('full', 'localChange').accepted).toBe('coalesced');
  expect(bench.runs()).toBe(3);
});

test('one unit that loops does not hold up another', async () => {
  const bench = createQueueBench();
  await retriggerInALoop(bench, (one) => one.running().endIdle());
  expect(bench.trigger('stock', 'user').accepted).toBe('queued');
  expect(bench.events.at(-1)).toBe('run stock');
});

test('a change of the world ends the suspicion', async () => {
  const bench = createQueueBench();
  await retriggerInALoop(bench, (one) => one.running().endIdle());
  bench.queue.reconsider();
  expect(bench.trigger('full', 'user').accepted).toBe('coalesced');
  expect(bench.runs()).toBe(3);
});

test('a clock set back does not make the window longer', async () => {
  const bench = createQueueBench();
  bench.setClock(1_800_000_000_000);
  await retriggerInALoop(bench, (one) => one.running().endIdle());
  bench.setClock(1_000_000_000_000);
  expect(bench.trigger('full', 'user').accepted).toBe('coalesced');
  expect(bench.runs()).toBe(3);
});
