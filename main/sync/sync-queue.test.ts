import { expect, test, vi } from 'vitest';
import { TallymanError } from '../../shared/errors.ts';
import { createQueueBench, RETRY, UNREACHABLE } from '../../tests/support/queue-bench.ts';
import { type QueueHooks, type RunOutcome, SyncQueue } from './sync-queue.ts';

/** The rules of section 1.5 of the OutSystems model, replayed; where a rule is a defect, the test names it as mended. */

test('1.5 rule 1: one run at a time, first in, first out', async () => {
  const bench = createQueueBench();
  bench.trigger('full');
  bench.trigger('stock');
  bench.trigger('catalogue');
  expect(bench.events).toEqual(['run full']);
  await bench.running().end();
  await bench.running().end();
  await bench.running().end();
  expect(bench.events).toEqual(['run full', 'run stock', 'run catalogue']);
  expect(bench.store.jobs()).toEqual([]);
});

test('1.5 rule 2: a unit that waits is not added twice; one that runs gets one more run', async () => {
  const bench = createQueueBench();
  bench.trigger('full');
  const second = bench.trigger('full');
  const third = bench.trigger('full');
  expect(second.accepted).toBe('queued');
  expect(third).toEqual({ jobId: second.jobId, accepted: 'coalesced' });
  await bench.running().end();
  await bench.running().end();
  expect(bench.events).toEqual(['run full', 'run full']);
});

test('1.5 rule 3: discarding drops what waits, lets the running unit go on and adds the new one', async () => {
  const bench = createQueueBench();
  bench.trigger('full');
  bench.trigger('stock');
  bench.trigger('catalogue');
  bench.trigger('catalogue', 'user', { discardPendingSyncUnits: true });
  expect(bench.running().signal.aborted).toBe(false);
  await bench.running().end();
  await bench.running().end();
  expect(bench.events).toEqual(['run full', 'discarded stock,catalogue', 'run catalogue']);
});

test('1.5 rule 5, mended: a unit that failed waits for its retry while the others run', async () => {
  const bench = createQueueBench({ policy: RETRY });
  bench.trigger('full');
  bench.trigger('stock');
  await bench.running().end(UNREACHABLE);
  expect(bench.events).toEqual([
    'run full',
    'failed full SERVER_UNREACHABLE next 31000',
    'run stock',
  ]);
  await bench.running().end();
  bench.advance(29_999);
  expect(bench.events).toHaveLength(3);
  bench.advance(1);
  expect(bench.events.at(-1)).toBe('run full');
});

test('1.5 rule 4: a trigger ends the wait for a retry', async () => {
  const bench = createQueueBench({ policy: RETRY });
  bench.trigger('full');
  await bench.running().end(UNREACHABLE);
  bench.trigger('full', 'user');
  expect(bench.events.at(-1)).toBe('run full');
});

test('1.5 rule 5: without retry the failed unit goes and the next one runs', async () => {
  const bench = createQueueBench();
  bench.trigger('full');
  bench.trigger('stock');
  await bench.running().end(UNREACHABLE);
  await bench.running().end();
  expect(bench.events).toEqual([
    'run full',
    'failed full SERVER_UNREACHABLE next null',
    'run stock',
  ]);
  expect(bench.store.jobs()).toEqual([]);
});

test('1.5 rule 6: a failure that a retry cannot mend is not retried', async () => {
  const bench = createQueueBench({ policy: RETRY });
  bench.trigger('full');
  await bench.running().end(new TallymanError('SERVER_REPLACED', 'another server'));
  expect(bench.events.at(-1)).toBe('failed full SERVER_REPLACED next null');
});

test('1.5 rule 6: offline, what starts by itself waits for the network and a person may still try', async () => {
  const bench = createQueueBench();
  bench.world.offline = true;
  bench.trigger('full', 'interval');
  bench.queue.reconsider();
  expect(bench.events).toEqual(['deferred full']);
  bench.trigger('full', 'user');
  expect(bench.events).toEqual(['deferred full', 'run full']);
  await bench.running().end(UNREACHABLE);
  bench.trigger('stock', 'resume');
  bench.world.offline = false;
  bench.queue.reconsider();
  expect(bench.events.at(-1)).toBe('run stock');
});

test('cancelling aborts a running job and drops a waiting one', async () => {
  const bench = createQueueBench();
  const first = bench.trigger('full');
  const second = bench.trigger('stock');
  bench.queue.cancel(second.jobId);
  bench.queue.cancel(first.jobId);
  expect(bench.running().signal.aborted).toBe(true);
  await bench.running().end(bench.running().signal.reason as Error);
  expect(bench.store.jobs()).toEqual([]);
});

test('1.5 rule 1, mended: what waited or ran when the app closed runs at the next start', async () => {
  const bench = createQueueBench();
  bench.trigger('full', 'user');
  bench.trigger('stock');
  const closed = bench.queue.close();
  await bench.running().end(bench.running().signal.reason as Error);
  await closed;
  expect(bench.events).toEqual(['run full']);

  const next = createQueueBench({ store: bench.store });
  next.queue.start();
  await next.running().end();
  expect(next.events).toEqual(['run full', 'run stock']);
});

test('1.5 rule 7a, mended: after a failure, triggering a unit that waits strands none of the others', async () => {
  const bench = createQueueBench();
  bench.trigger('full');
  bench.trigger('stock');
  bench.trigger('catalogue');
  await bench.running().end(UNREACHABLE);
  bench.trigger('catalogue', 'user');
  await bench.running().end();
  await bench.running().end();
  expect(bench.events).toEqual([
    'run full',
    'failed full SERVER_UNREACHABLE next null',
    'run stock',
    'run catalogue',
  ]);
  expect(bench.store.jobs()).toEqual([]);
});

test('1.5 rule 7c, mended: a sign-in goes through the queue like any other trigger', async () => {
  const bench = createQueueBench();
  bench.trigger('full', 'interval');
  expect(bench.trigger('full', 'login').accepted).toBe('queued');
  expect(bench.runs()).toBe(1);
  await bench.running().end();
  expect(bench.running().job.reason).toBe('login');
});

test('aborting stops the running unit and goes on with the new one', async () => {
  const bench = createQueueBench();
  bench.trigger('full');
  bench.trigger('stock');
  bench.trigger('send', 'user', { abortRunning: true, discardPendingSyncUnits: true });
  const { signal, end } = bench.running();
  expect(signal.reason).toMatchObject({ code: 'CANCELLED' });
  await end(signal.reason as Error);
  expect(bench.events).toEqual([
    'run full',
    'discarded stock',
    'failed full CANCELLED next null',
    'run send',
  ]);
});

test('an aborted unit may be asked for at once', async () => {
  const bench = createQueueBench();
  const first = bench.trigger('full');
  const second = bench.trigger('full', 'user', { abortRunning: true });
  expect(second.accepted).toBe('queued');
  expect(second.jobId).not.toBe(first.jobId);
  await bench.running().end(bench.running().signal.reason as Error);
  expect(bench.running().job.jobId).toBe(second.jobId);
});

test('checklist 1: a run settles once; a second end is told and has no effect', () => {
  const events: string[] = [];
  const jobs = createQueueBench().store;
  const ends: { settle: (outcome: RunOutcome) => void; fail: (error: Error) => void }[] = [];
  // A promise settles once by itself; what only looks like one need not.
  const careless = new Promise<RunOutcome>(() => undefined);
  vi.spyOn(careless, 'then').mockImplementation((settle, fail) => {
    ends.push({ settle: settle as never, fail: fail as never });
    return new Promise(() => undefined);
  });
  const hooks: QueueHooks = {
    run: () => careless,
    retryPolicy: () => RETRY,
    isOffline: () => false,
    onFailed: () => events.push('failed'),
    onDeferred: () => events.push('deferred'),
    onDiscarded: () => events.push('discarded'),
    onSuppressed: () => events.push('suppressed'),
    onSettledAgain: (job) => events.push(`again ${job.unit}`),
    onChanged: () => undefined,
  };
  const ports = {
    now: () => 0,
    newId: () => 'one',
    random: () => 0,
    setTimer: () => () => undefined,
  };
  const queue = new SyncQueue(jobs, ports, hooks);
  queue.trigger({ syncUnit: 'full', discardPendingSyncUnits: false, reason: 'user' });
  ends[0]?.settle({ moved: true });
  ends[0]?.settle({ moved: true });
  ends[0]?.fail(UNREACHABLE);
  expect(events).toEqual(['again full', 'again full']);
  expect([jobs.jobs(), queue.running]).toEqual([[], null]);
});

test('a handler that triggers in the middle of a failure gets its run, after the failed one is over', async () => {
  const bench = createQueueBench({
    onFailed: () => bench.trigger('stock', 'user'),
  });
  bench.trigger('full');
  await bench.running().end(UNREACHABLE);
  expect(bench.events.slice(1)).toEqual(['failed full SERVER_UNREACHABLE next null', 'run stock']);
});
