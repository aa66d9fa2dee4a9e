import type { SyncReason, TriggerResult } from '../../shared/desktop/sync-state.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import type { SyncJob } from '../store/work-store.ts';
import { LoopGuard } from './loop-guard.ts';
import { longestWait, retryAfterOf, type RetryPolicy, retryWait } from './retry-wait.ts';

/** Where jobs are kept so that a restart finds them. Implemented by the work store. */
export interface JobStore {
  jobs: () => SyncJob[];
  addJob: (job: SyncJob) => void;
  /** Keeps the job's place. */
  updateJob: (job: SyncJob) => void;
  removeJob: (jobId: string) => void;
}

export interface TriggerRequest {
  syncUnit: SyncUnit;
  /** Drops units that wait; the running one goes on. Never drops unsent work. */
  discardPendingSyncUnits: boolean;
  /** Stops the running unit too, as `cancel` does. */
  abortRunning?: boolean | undefined;
  reason: SyncReason;
}

export interface QueuePorts {
  now: () => number;
  newId: () => string;
  /** In [0, 1). */
  random: () => number;
  /** Calls back once after `ms`; returns the way to stop it. */
  setTimer: (ms: number, callback: () => void) => () => void;
}

export interface RunOutcome {
  /** Whether rows were received or deleted, or operations sent. */
  moved: boolean;
}

export interface QueueHooks {
  /** Runs a job to its end. Rejecting is the only way to fail. */
  run: (job: SyncJob, signal: AbortSignal) => Promise<RunOutcome>;
  retryPolicy: () => RetryPolicy;
  isOffline: () => boolean;
  onFailed: (job: SyncJob, error: unknown, nextAttemptAt: number | null) => void;
  onDeferred: (job: SyncJob) => void;
  onDiscarded: (units: readonly SyncUnit[]) => void;
  /** A unit that had nothing to do was triggered again and again, and now has to wait. */
  onSuppressed: (unit: SyncUnit) => void;
  /** A run that had ended said so once more, which is a defect of the run and without effect. */
  onSettledAgain: (job: SyncJob) => void;
  /** The list of waiting jobs changed, or what runs did. */
  onChanged: () => void;
}

/** Started by a person, who wants to see it tried even if the network seems gone or the server asked for patience. */
export const BY_HAND: ReadonlySet<SyncReason> = new Set([
  'user',
  'shortcut',
  'tray',
  'menu',
  'cli',
]);
/** Come by themselves all the time and know nothing new about why a run failed, so they do not end its wait. */
const PATIENT: ReadonlySet<SyncReason> = new Set(['interval', 'localChange', 'poke']);

interface Running {
  job: SyncJob;
  controller: AbortController;
  settled: boolean;
  ended: PromiseWithResolvers<void>;
}

/**
 * The queue of sync units: first in, first out, one run at a time, at most one waiting job per unit. The rules are those
 * of the OutSystems runtime, with its defects mended: jobs survive a restart; a unit that failed waits for its retry
 * while others run; nothing is stranded after an error; a run settles once; triggering oneself is no endless loop.
 */
export class SyncQueue {
  readonly #store: JobStore;
  readonly #ports: QueuePorts;
  readonly #hooks: QueueHooks;
  readonly #deferred = new Set<string>();
  readonly #loops: LoopGuard;
  #running: Running | null = null;
  #stopTimer: (() => void) | null = null;
  /** The server asked to be left alone until then. A promise to the server, not to a unit. */
  #quietUntil = 0;
  #closed = false;

  constructor(store: JobStore, ports: QueuePorts, hooks: QueueHooks) {
    this.#store = store;
    this.#ports = ports;
    this.#hooks = hooks;
    this.#loops = new LoopGuard(ports.now);
  }

  /** Goes on with what waited when the app closed. */
  start(): void {
    this.#pump();
  }

  get running(): SyncJob | null {
    return this.#running?.job ?? null;
  }

  waiting(): SyncJob[] {
    return this.#store.jobs().filter((job) => job.jobId !== this.#running?.job.jobId);
  }

  trigger(request: TriggerRequest): TriggerResult {
    if (request.discardPendingSyncUnits) this.#discardWaiting();
    if (request.abortRunning) this.#abortRunning('Stopped for another sync.');
    const result = this.#enqueue(request);
    this.#hooks.onChanged();
    this.#pump();
    return result;
  }

  /** Stops a running job, or drops a waiting one. Unknown jobs have ended already. */
  cancel(jobId: string): void {
    if (this.#running?.job.jobId === jobId) {
      this.#abortRunning('Cancelled.');
      return;
    }
    this.#remove(jobId);
    this.#hooks.onChanged();
  }

  /** The network came back or the settings changed: what held jobs back may be over. */
  reconsider(): void {
    this.#loops.forget();
    this.#pump();
  }

  /** There is new work, so that a unit which had nothing to do may have now. */
  noteWork(): void {
    this.#loops.forget();
  }

  /** Stops the running job after its current step; it is still in the store and goes on at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer?.();
    const running = this.#running;
    this.#abortRunning('The app closes.');
    await running?.ended.promise;
  }

  #abortRunning(message: string): void {
    this.#running?.controller.abort(new TallymanError('CANCELLED', message));
  }

  #enqueue({ syncUnit: unit, reason }: TriggerRequest): TriggerResult {
    const waitUntil = this.#loops.waitUntil(unit, reason);
    if (waitUntil !== null && this.#loops.isNews(unit)) this.#hooks.onSuppressed(unit);
    const same = this.waiting().find((job) => job.unit === unit);
    if (same && waitUntil === null) {
      // A trigger ends the wait for a retry, and its count: whoever triggers wants it now.
      if (same.attempts === 0 || !PATIENT.has(reason)) {
        // A person's trigger is tried even offline, so it is not forgotten under a later automatic one.
        const asker = BY_HAND.has(reason) ? reason : same.reason;
        this.#store.updateJob({ ...same, reason: asker, attempts: 0, notBefore: 0 });
      }
      return { jobId: same.jobId, accepted: 'coalesced' };
    }
    const accepted = waitUntil === null ? 'queued' : 'suppressed';
    if (same) return { jobId: same.jobId, accepted };
    const jobId = this.#ports.newId();
    this.#store.addJob({ jobId, unit, reason, attempts: 0, notBefore: waitUntil ?? 0 });
    return { jobId, accepted };
  }

  #discardWaiting(): void {
    const dropped = this.waiting();
    for (const job of dropped) this.#remove(job.jobId);
    if (dropped.length > 0) this.#hooks.onDiscarded(dropped.map((job) => job.unit));
  }

  #remove(jobId: string): void {
    this.#store.removeJob(jobId);
    this.#deferred.delete(jobId);
  }

  #pump(): void {
    if (this.#closed || this.#running) return;
    this.#stopTimer?.();
    this.#stopTimer = null;
    const now = this.#ports.now();
    let earliest = Number.POSITIVE_INFINITY;
    for (const job of this.waiting()) {
      const dueAt = this.#dueAt(job, now);
      if (dueAt > now) {
        earliest = Math.min(earliest, dueAt);
      } else if (this.#hooks.isOffline() && !BY_HAND.has(job.reason)) {
        this.#defer(job);
      } else {
        this.#start(job);
        return;
      }
    }
    if (earliest !== Number.POSITIVE_INFINITY) {
      this.#stopTimer = this.#ports.setTimer(earliest - now, () => this.#pump());
    }
  }

  /** A clock that was set back must not strand a job: a moment further away than any wait is now. */
  #dueAt(job: SyncJob, now: number): number {
    const dueAt = BY_HAND.has(job.reason)
      ? job.notBefore
      : Math.max(job.notBefore, this.#quietUntil);
    return dueAt - now > longestWait(this.#hooks.retryPolicy()) ? now : dueAt;
  }

  /** Waits for the network without counting as a failure. */
  #defer(job: SyncJob): void {
    if (this.#deferred.has(job.jobId)) return;
    this.#deferred.add(job.jobId);
    this.#hooks.onDeferred(job);
  }

  #start(job: SyncJob): void {
    this.#deferred.delete(job.jobId);
    this.#loops.started(job.unit);
    const controller = new AbortController();
    const ended = Promise.withResolvers<void>();
    const ran = this.#hooks.run(job, controller.signal);
    const run: Running = { job, controller, settled: false, ended };
    this.#running = run;
    this.#hooks.onChanged();
    ran.then(
      ({ moved }) => this.#settle(run, () => this.#completed(job, moved)),
      (error: unknown) => this.#settle(run, () => this.#failed(job, error)),
    );
  }

  #settle(run: Running, settle: () => void): void {
    if (run.settled) {
      this.#hooks.onSettledAgain(run.job);
      return;
    }
    run.settled = true;
    try {
      settle();
    } finally {
      this.#running = null;
      run.ended.resolve();
      this.#hooks.onChanged();
      this.#pump();
    }
  }

  #completed(job: SyncJob, moved: boolean): void {
    this.#loops.ended(job.unit, moved);
    this.#quietUntil = 0;
    this.#remove(job.jobId);
  }

  #failed(job: SyncJob, error: unknown): void {
    if (this.#closed) return;
    const now = this.#ports.now();
    const isCancelled = error instanceof TallymanError && error.code === 'CANCELLED';
    if (!isCancelled) this.#loops.ended(job.unit, false);
    const retryAfter = retryAfterOf(error);
    if (retryAfter > 0) this.#quietUntil = now + retryAfter;
    const wait = retryWait(
      this.#hooks.retryPolicy(),
      { attempts: job.attempts, error },
      this.#ports.random,
    );
    const nextAttemptAt = wait === null ? null : now + wait;
    if (nextAttemptAt === null) this.#remove(job.jobId);
    else {
      // Nobody asked for the retry, so it is not tried while offline.
      const attempts = job.attempts + 1;
      this.#store.updateJob({ ...job, reason: 'retry', attempts, notBefore: nextAttemptAt });
    }
    this.#hooks.onFailed(job, error, nextAttemptAt);
  }
}
