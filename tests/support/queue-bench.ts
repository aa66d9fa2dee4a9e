import type { RetryPolicy } from '../../main/sync/retry-wait.ts';
import {
  type JobStore,
  type RunOutcome,
  SyncQueue,
  type TriggerRequest,
} from '../../main/sync/sync-queue.ts';
import type { SyncJob } from '../../main/store/work-store.ts';
import { must } from '../../shared/domain/assert.ts';
import type { SyncReason } from '../../shared/desktop/sync-state.ts';
import { TallymanError, toWireError } from '../../shared/errors.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';

/** The model's own defaults. */
const NO_RETRY: RetryPolicy = {
  retryOnError: false,
  retryIntervalInSeconds: 30,
  maxRetries: 0,
  backoffFactor: 2,
  maxBackoffSeconds: 900,
};
export const RETRY: RetryPolicy = { ...NO_RETRY, retryOnError: true };

export const UNREACHABLE = new TallymanError('SERVER_UNREACHABLE', 'gone');

export interface BenchRun {
  job: SyncJob;
  signal: AbortSignal;
  /** Ends the run: as one that moved something, or with the error. */
  end: (error?: Error) => Promise<void>;
  /** Ends the run as one that had nothing to do. */
  endIdle: () => Promise<void>;
}

export interface QueueBenchOptions {
  store?: JobStore | undefined;
  policy?: RetryPolicy | undefined;
  random?: number | undefined;
  /** Called when a run has failed, as handlers of an event are. */
  onFailed?: (() => void) | undefined;
}

/** A queue on fake time whose runs end when the test says so, and a list of what happened. */
export function createQueueBench(options: QueueBenchOptions = {}) {
  const events: string[] = [];
  const store = options.store ?? memoryJobs();
  const runs: BenchRun[] = [];
  const time = fakeTime();
  const world = { offline: false, policy: options.policy ?? NO_RETRY };
  let lastId = 0;
  const queue = new SyncQueue(
    store,
    {
      now: time.now,
      newId: () => `job-${++lastId}`,
      random: () => options.random ?? 0,
      setTimer: time.setTimer,
    },
    {
      run: (job, signal) => {
        events.push(`run ${job.unit}`);
        const { promise, resolve, reject } = Promise.withResolvers<RunOutcome>();
        runs.push({
          job,
          signal,
          end: (error) => ended(() => (error ? reject(error) : resolve({ moved: true }))),
          endIdle: () => ended(() => resolve({ moved: false })),
        });
        return promise;
      },
      retryPolicy: () => world.policy,
      isOffline: () => world.offline,
      onFailed: (job, error, next) => {
        events.push(`failed ${job.unit} ${toWireError(error).code} next ${next}`);
        options.onFailed?.();
      },
      onDeferred: (job) => events.push(`deferred ${job.unit}`),
      onDiscarded: (units) => events.push(`discarded ${units.join()}`),
      onSuppressed: (unit) => events.push(`suppressed ${unit}`),
      onSettledAgain: (job) => events.push(`settled again ${job.unit}`),
      onChanged: () => undefined,
    },
  );
  return {
    queue,
    store,
    events,
    world,
    now: time.now,
    advance: time.advance,
    setClock: time.setClock,
    /** The run that began last. */
    running: () => must(runs.at(-1), 'a run'),
    runs: () => events.filter((event) => event.startsWith('run ')).length,
    trigger: (
      unit: SyncUnit,
      reason: SyncReason = 'interval',
      more: Partial<TriggerRequest> = {},
    ) => queue.trigger({ syncUnit: unit, discardPendingSyncUnits: false, reason, ...more }),
  };
}

async function ended(end: () => void): Promise<void> {
  end();
  await new Promise((next) => setImmediate(next));
}

/** A wall clock that can be set, and one timer that knows only of time that passes. */
function fakeTime() {
  let wall = 1_000;
  let elapsed = 0;
  let timer: { at: number; callback: () => void } | null = null;
  return {
    now: () => wall,
    setTimer: (ms: number, callback: () => void) => {
      const own = { at: elapsed + ms, callback };
      timer = own;
      return () => {
        if (timer === own) timer = null;
      };
    },
    advance: (ms: number): void => {
      wall += ms;
      elapsed += ms;
      if (timer === null || timer.at > elapsed) return;
      const { callback } = timer;
      timer = null;
      callback();
    },
    setClock: (at: number): void => {
      wall = at;
    },
  };
}

function memoryJobs(): JobStore {
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
