import { expect, test } from 'vitest';
import type { SyncReason } from '../../shared/desktop/sync-state.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import type { SyncJob } from '../store/work-store.ts';
import { type JobStore, type RetryPolicy, SyncQueue } from './sync-queue.ts';

/** A queue on fake time whose runs end when the test says so, and a list of what happened. */
function createBench(options: { store?: JobStore; policy?: RetryPolicy } = {}) {
  const events: string[] = [];
  const store = options.store ?? memoryStore();
  const runs: { job: SyncJob; signal: AbortSignal; end: (error?: Error) => Promise<void> }[] = [];
  let now = 1_000;
  let lastId = 0;
  let timer: { at: number; callback: () => void } | null = null;
  const world = { offline: false };
  const queue = new SyncQueue(
    store,
    {
      now: () => now,
      newId: () => `job-${++lastId}`,
      random: () => 0,
      setTimer: (ms, callback) => {
        timer = { at: now + ms, callback };
        return () => {
          timer = null;
        };
      },
    },
    {
      run: (job, signal) => {
        events.push(`run ${job.unit}`);
        return new Promise<void>((resolve, reject) => {
          runs.push({
            job,
            signal,
            end: async (error) => {
              if (error === undefined) resolve();
              else reject(error);
              await new Promise((next) => setImmediate(next));
            },
          });
        });
      },
      retryPolicy: () => options.policy ?? { retryOnError: false, retryIntervalInSeconds: 30 },
      isOffline: () => world.offline,
      onFailed: (job, error, next) =>
        events.push(`failed ${job.unit} ${(error as TallymanError).code} next ${next}`),
      onDeferred: (job) => events.push(`deferred ${job.unit}`),
      onDiscarded: (units) => events.push(`discarded ${units.join()}`),
      onChanged: () => undefined,
    },
  );
  return {
    queue,
    store,
    events,
    world,
    running: () => runs.at(-1)!,
    trigger: (unit: SyncUnit, reason: SyncReason = 'interval', discard = false) =>
      queue.trigger({ syncUnit: unit, discardPendingSyncUnits: discard, reason }),
    advance: (ms: number) => {
      now += ms;
      if (timer && timer.at <= now) timer.callback();
    },
  };
}

function memoryStore(): JobStore {
  let jobs: SyncJob[] = [];
  return {
    jobs: () => [...jobs],
    addJob: (job) => void jobs.push(job),
    updateJob: (job) => {
      jobs = jobs.map((one) => (one.jobId === job.jobId ? job : one));
    },
    removeJob: (jobId) => {
      jobs = jobs.filter((job) => job.jobId !== jobId);
    },
  };
}

const unreachableServer = new TallymanError('SERVER_UNREACHABLE', 'gone');

test('one run at a time, in the order of the triggers', async () => {
  const bench = createBench();
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

test('a unit that waits is not added twice; one that runs gets one more run', async () => {
  const bench = createBench();
  bench.trigger('full');
  const second = bench.trigger('full');
  const third = bench.trigger('full');
  expect(second.accepted).toBe('queued');
  expect(third).toEqual({ jobId: second.jobId, accepted: 'coalesced' });
  await bench.running().end();
  await bench.running().end();
  expect(bench.events).toEqual(['run full', 'run full']);
});

test('discarding drops what waits and lets the running unit go on', async () => {
  const bench = createBench();
  bench.trigger('full');
  bench.trigger('stock');
  bench.trigger('catalogue');
  bench.trigger('catalogue', 'user', true);
  expect(bench.running().signal.aborted).toBe(false);
  await bench.running().end();
  await bench.running().end();
  expect(bench.events).toEqual(['run full', 'discarded stock,catalogue', 'run catalogue']);
});

test('a unit that failed waits for its retry while the others run', async () => {
  const bench = createBench({ policy: { retryOnError: true, retryIntervalInSeconds: 30 } });
  bench.trigger('full');
  bench.trigger('stock');
  await bench.running().end(unreachableServer);
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

test('each retry waits twice as long as the one before, up to a quarter of an hour', async () => {
  const bench = createBench({ policy: { retryOnError: true, retryIntervalInSeconds: 300 } });
  bench.trigger('full');
  const waits: number[] = [];
  for (let attempt = 0; attempt < 4; attempt++) {
    await bench.running().end(unreachableServer);
    const wait = bench.store.jobs()[0]!.notBefore - Number(bench.store.jobs()[0]!.notBefore > 0);
    waits.push(wait);
    bench.advance(3_600_000);
  }
  const steps = waits.map((at, index) => at + 1 - 1_000 - index * 3_600_000);
  expect(steps).toEqual([300_000, 600_000, 900_000, 900_000]);
});

test('a trigger ends the wait for a retry', async () => {
  const bench = createBench({ policy: { retryOnError: true, retryIntervalInSeconds: 30 } });
  bench.trigger('full');
  await bench.running().end(unreachableServer);
  bench.trigger('full', 'user');
  expect(bench.events.at(-1)).toBe('run full');
});

test('without retry nothing is stranded behind a failure', async () => {
  const bench = createBench();
  bench.trigger('full');
  bench.trigger('stock');
  await bench.running().end(unreachableServer);
  await bench.running().end();
  expect(bench.events).toEqual([
    'run full',
    'failed full SERVER_UNREACHABLE next null',
    'run stock',
  ]);
  expect(bench.store.jobs()).toEqual([]);
});

test('a failure that a retry cannot mend is not retried', async () => {
  const bench = createBench({ policy: { retryOnError: true, retryIntervalInSeconds: 30 } });
  bench.trigger('full');
  await bench.running().end(new TallymanError('SERVER_REPLACED', 'another server'));
  expect(bench.events.at(-1)).toBe('failed full SERVER_REPLACED next null');
});

test('offline, what starts by itself waits for the network and a person may still try', async () => {
  const bench = createBench();
  bench.world.offline = true;
  bench.trigger('full', 'interval');
  bench.queue.reconsider();
  expect(bench.events).toEqual(['deferred full']);
  bench.trigger('full', 'user');
  expect(bench.events).toEqual(['deferred full', 'run full']);
  await bench.running().end(unreachableServer);
  bench.trigger('stock', 'resume');
  bench.world.offline = false;
  bench.queue.reconsider();
  expect(bench.events.at(-1)).toBe('run stock');
});

test('cancelling aborts a running job and drops a waiting one', async () => {
  const bench = createBench();
  const first = bench.trigger('full');
  const second = bench.trigger('stock');
  bench.queue.cancel(second.jobId);
  bench.queue.cancel(first.jobId);
  expect(bench.running().signal.aborted).toBe(true);
  await bench.running().end(bench.running().signal.reason as Error);
  expect(bench.store.jobs()).toEqual([]);
});

test('a job that runs when the app closes is still there at the next start', async () => {
  const bench = createBench();
  bench.trigger('full', 'user');
  bench.trigger('stock');
  const closed = bench.queue.close();
  await bench.running().end(bench.running().signal.reason as Error);
  await closed;
  expect(bench.events).toEqual(['run full']);

  const next = createBench({ store: bench.store });
  next.queue.start();
  await next.running().end();
  expect(next.events).toEqual(['run full', 'run stock']);
});
