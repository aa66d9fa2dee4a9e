import type { SyncReason, TriggerResult } from '../../shared/desktop/sync-state.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import type { SyncJob } from '../store/work-store.ts';

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
  reason: SyncReason;
}

export interface RetryPolicy {
  retryOnError: boolean;
  retryIntervalInSeconds: number;
}

export interface QueuePorts {
  now: () => number;
  newId: () => string;
  /** In [0, 1). */
  random: () => number;
  /** Calls back once after `ms`; returns the way to stop it. */
  setTimer: (ms: number, callback: () => void) => () => void;
}

export interface QueueHooks {
  /** Runs a job to its end. Rejecting is the only way to fail. */
  run: (job: SyncJob, signal: AbortSignal) => Promise<void>;
  retryPolicy: () => RetryPolicy;
  isOffline: () => boolean;
  onFailed: (job: SyncJob, error: unknown, nextAttemptAt: number | null) => void;
  onDeferred: (job: SyncJob) => void;
  onDiscarded: (units: readonly SyncUnit[]) => void;
  /** The list of waiting jobs changed, or what runs did. */
  onChanged: () => void;
}

/** Each retry waits twice as long as the one before, up to this. */
const RETRY_WAIT_MAX_MS = 15 * 60_000;
/** Each wait is lengthened by up to this share, so that laptops which failed together do not return together. */
const RETRY_JITTER = 0.2;

/** Started by a person, who wants to see it tried even if the network seems gone. */
const BY_HAND: ReadonlySet<SyncReason> = new Set(['user', 'tray', 'menu', 'cli']);

/**
 * The queue of sync units: first in, first out, one run at a time, at most one waiting job per unit. The rules are those
 * of the OutSystems runtime, with its defects mended: jobs survive a restart; a unit that failed waits for its retry
 * while others run; nothing is stranded after an error.
 */
export class SyncQueue {
  readonly #store: JobStore;
  readonly #ports: QueuePorts;
  readonly #hooks: QueueHooks;
  readonly #deferred = new Set<string>();
  #running: { job: SyncJob; controller: AbortController; ended: Promise<void> } | null = null;
  #stopTimer: (() => void) | null = null;
  #closed = false;

  constructor(store: JobStore, ports: QueuePorts, hooks: QueueHooks) {
    this.#store = store;
    this.#ports = ports;
    this.#hooks = hooks;
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
    const same = this.waiting().find((job) => job.unit === request.syncUnit);
    if (same) {
      // A trigger ends the wait for a retry: whoever triggers wants it now. A person's trigger is tried even offline.
      const reason = BY_HAND.has(request.reason) ? request.reason : same.reason;
      this.#store.updateJob({ ...same, reason, notBefore: 0 });
      this.#pump();
      return { jobId: same.jobId, accepted: 'coalesced' };
    }
    const jobId = this.#ports.newId();
    this.#store.addJob({
      jobId,
      unit: request.syncUnit,
      reason: request.reason,
      attempts: 0,
      notBefore: 0,
    });
    this.#hooks.onChanged();
    this.#pump();
    return { jobId, accepted: 'queued' };
  }

  /** Stops a running job, or drops a waiting one. Unknown jobs have ended already. */
  cancel(jobId: string): void {
    if (this.#running?.job.jobId === jobId) {
      this.#running.controller.abort(new TallymanError('CANCELLED', 'Cancelled.'));
      return;
    }
    this.#store.removeJob(jobId);
    this.#hooks.onChanged();
  }

  /** The network came back, or the retry settings changed. */
  reconsider(): void {
    this.#pump();
  }

  /** Stops the running job after its current step; it is still in the store and goes on at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer?.();
    const running = this.#running;
    running?.controller.abort(new TallymanError('CANCELLED', 'The app closes.'));
    await running?.ended;
  }

  #discardWaiting(): void {
    const dropped = this.waiting();
    for (const job of dropped) this.#store.removeJob(job.jobId);
    if (dropped.length > 0) this.#hooks.onDiscarded(dropped.map((job) => job.unit));
  }

  #pump(): void {
    if (this.#closed || this.#running) return;
    this.#stopTimer?.();
    this.#stopTimer = null;
    const now = this.#ports.now();
    let earliest = Number.POSITIVE_INFINITY;
    for (const job of this.waiting()) {
      if (job.notBefore > now) {
        earliest = Math.min(earliest, job.notBefore);
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

  /** Waits for the network without counting as a failure. */
  #defer(job: SyncJob): void {
    if (this.#deferred.has(job.jobId)) return;
    this.#deferred.add(job.jobId);
    this.#hooks.onDeferred(job);
  }

  #start(job: SyncJob): void {
    this.#deferred.delete(job.jobId);
    const controller = new AbortController();
    const ended = this.#hooks
      .run(job, controller.signal)
      .then(
        () => this.#store.removeJob(job.jobId),
        (error: unknown) => this.#failed(job, error),
      )
      .finally(() => {
        this.#running = null;
        this.#hooks.onChanged();
        this.#pump();
      });
    this.#running = { job, controller, ended };
    this.#hooks.onChanged();
  }

  #failed(job: SyncJob, error: unknown): void {
    if (this.#closed) return;
    const nextAttemptAt = this.#nextAttemptAt(job, error);
    if (nextAttemptAt === null) this.#store.removeJob(job.jobId);
    else this.#store.updateJob({ ...job, attempts: job.attempts + 1, notBefore: nextAttemptAt });
    this.#hooks.onFailed(job, error, nextAttemptAt);
  }

  #nextAttemptAt(job: SyncJob, error: unknown): number | null {
    const policy = this.#hooks.retryPolicy();
    const retryable = error instanceof TallymanError && error.retryable;
    if (!policy.retryOnError || policy.retryIntervalInSeconds <= 0 || !retryable) return null;
    const wait = policy.retryIntervalInSeconds * 1_000 * 2 ** Math.min(job.attempts, 20);
    const jitter = 1 + this.#ports.random() * RETRY_JITTER;
    return this.#ports.now() + Math.round(Math.min(wait, RETRY_WAIT_MAX_MS) * jitter);
  }
}
