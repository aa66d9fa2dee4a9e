import { must } from '../../shared/domain/assert.ts';
import type { OfflineDataSyncConfiguration } from '../../shared/desktop/settings.ts';
import type {
  ScopeStatus,
  SyncEvent,
  SyncLogEntry,
  SyncLogInput,
  SyncLogNote,
  SyncRunResult,
  SyncStatus,
  TriggerResult,
} from '../../shared/desktop/sync-state.ts';
import { TallymanError, toWireError } from '../../shared/errors.ts';
import { type Scope, siteIdOf } from '../../shared/sync/scope.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import { translatedError } from '../store/sqlite.ts';
import type { SyncJob, WorkStore } from '../store/work-store.ts';
import type { FinishReplica } from './finish-replica-file.ts';
import type { Access } from './access.ts';
import { foldLogs } from './fold-logs.ts';
import { leaveScopes } from './leave-scopes.ts';
import { offlineDataSync } from './offline-data-sync.ts';
import type { PhotoSync } from './photos/photo-sync.ts';
import type { ReplicaSet } from './replica-set.ts';
import type { RetryPolicy } from './retry-wait.ts';
import type { RunContext } from './run-context.ts';
import { createRunReporter, type RunReporter } from './run-reporter.ts';
import {
  BY_HAND,
  type QueuePorts,
  type RunOutcome,
  SyncQueue,
  type TriggerRequest,
} from './sync-queue.ts';
import type { SyncServer } from './sync-server.ts';

export interface EngineConfiguration {
  serverUrl: string | null;
  siteCodes: readonly string[] | null;
  /** Ids of the sites whose rows may stay here: those of everybody who is known on this laptop; null for all. */
  keptSites?: readonly string[] | null | undefined;
  sync: RetryPolicy & Pick<OfflineDataSyncConfiguration, 'syncOnPoke'>;
}

type ClosableServer = SyncServer & { close: () => Promise<void> };

export interface EnginePorts extends QueuePorts {
  /** Asked for at the first run, and again when the address changes. */
  connect: (url: string) => Promise<ClosableServer>;
  finishReplica: FinishReplica;
  freeBytes: () => number;
  /** Where people sign in. */
  access?: Pick<Access, 'begin' | 'end'> | undefined;
  /** Folds a replica's log back into the file, elsewhere. */
  foldLog: (file: string) => Promise<void>;
}

/**
 * The sync of one data folder: queue, runs, status, events. Lives in the data worker; nothing here knows a window, so a
 * sync needs no screen.
 */
export class SyncEngine {
  readonly #work: WorkStore;
  readonly #replicas: ReplicaSet;
  readonly #ports: EnginePorts;
  readonly #emit: (event: SyncEvent) => void;
  readonly #queue: SyncQueue;
  readonly #rowOf: RunContext['rowOf'];
  readonly #photos: PhotoSync | null;
  #configuration: EngineConfiguration;
  #server: { url: string; server: ClosableServer } | null = null;
  readonly #foldLog: RunContext['foldLog'];
  #reporter: RunReporter | null = null;
  #startedAt = 0;
  #verified = new Map<Scope, number>();
  #offline = false;
  #lastResult: SyncRunResult | null;
  #statusDue: NodeJS.Immediate | null = null;

  constructor(options: {
    work: WorkStore;
    replicas: ReplicaSet;
    ports: EnginePorts;
    configuration: EngineConfiguration;
    emit: (event: SyncEvent) => void;
    rowOf: RunContext['rowOf'];
    /** Without it photos stay where they are. */
    photos?: PhotoSync | undefined;
  }) {
    this.#work = options.work;
    this.#replicas = options.replicas;
    this.#ports = options.ports;
    this.#emit = options.emit;
    this.#rowOf = options.rowOf;
    this.#photos = options.photos ?? null;
    this.#configuration = options.configuration;
    this.#foldLog = foldLogs(options.ports.foldLog);
    this.#lastResult = this.#work.lastRun();
    this.#queue = new SyncQueue(this.#work, options.ports, {
      run: (job, signal) => this.#run(job, signal),
      retryPolicy: () => this.#configuration.sync,
      isOffline: () => this.#offline,
      onFailed: (job, error, nextAttemptAt) => this.#failed(job, error, nextAttemptAt),
      onDeferred: ({ jobId, unit, reason }) =>
        this.#emit({ type: 'onSyncDeferred', jobId, unit, reason, cause: 'offline' }),
      onDiscarded: (units) => {
        this.#note({ type: 'unitsDiscarded', units });
        this.#emit({ type: 'onSyncDiscarded', units });
      },
      onSuppressed: (unit) => this.#note({ type: 'loopSuppressed', unit }),
      onSettledAgain: ({ unit }) => this.#note({ type: 'settledAgain', unit }),
      onChanged: () => this.#tellStatus(),
    });
  }

  start(): void {
    this.#queue.start();
  }

  trigger(request: TriggerRequest): TriggerResult {
    return this.#queue.trigger(request);
  }

  cancel(jobId: string): void {
    this.#queue.cancel(jobId);
  }

  configure(configuration: EngineConfiguration): void {
    this.#configuration = configuration;
    if (this.#queue.running === null) this.#leaveSites();
    this.#queue.reconsider();
  }

  setOffline(offline: boolean): void {
    if (this.#offline === offline) return;
    this.#offline = offline;
    this.#tellStatus();
    this.#queue.reconsider();
  }

  get runningUnit(): SyncUnit | null {
    return this.#queue.running?.unit ?? null;
  }

  acceptServer(): void {
    this.#work.trustServer(null);
    this.#work.askRefetch(true);
    this.#queue.noteWork();
  }

  log(input: SyncLogInput): SyncLogEntry[] {
    return this.#work.log(input);
  }

  status(): SyncStatus {
    const running = this.#queue.running;
    const waiting = this.#queue.waiting();
    const lastSuccessAt = this.#work.lastSuccessAt();
    const nextAttempts = waiting.map((job) => job.notBefore).filter((at) => at > 0);
    return {
      state: this.#state(running !== null, lastSuccessAt),
      running: running && {
        jobId: running.jobId,
        unit: running.unit,
        reason: running.reason,
        startedAt: this.#startedAt,
        progress: must(this.#reporter, 'reporter of the running job').progress(),
      },
      queued: waiting.map((job) => job.unit),
      lastSuccessAt,
      lastResult: this.#lastResult,
      nextAttemptAt: nextAttempts.length > 0 ? Math.min(...nextAttempts) : null,
      pending: this.#work.outbox.waiting(),
      conflicts: this.#work.outbox.openConflicts(),
      attention: this.#work.outbox.attention(),
      photos: this.#work.photos.waiting(),
      scopes: scopeStatuses(this.#work, this.#replicas),
    };
  }

  /** The stores stay open: who opened them closes them. */
  async close(): Promise<void> {
    await this.#queue.close();
    if (this.#statusDue) clearImmediate(this.#statusDue);
    await this.#server?.server.close();
  }

  #state(running: boolean, lastSuccessAt: number | null): SyncStatus['state'] {
    if (running) return 'syncing';
    if (this.#offline) return 'offline';
    if (this.#lastResult?.outcome === 'error') return 'error';
    return lastSuccessAt === null ? 'neverSynced' : 'idle';
  }

  async #run(job: SyncJob, signal: AbortSignal): Promise<RunOutcome> {
    const { now } = this.#ports;
    this.#startedAt = now();
    this.#verified = new Map();
    let bytesBefore = 0;
    let server: SyncServer | null = null;
    const reporter = createRunReporter({
      now,
      bytesReceived: () => (server?.bytesReceived() ?? 0) - bytesBefore,
      onProgress: (progress) =>
        this.#emit({ type: 'onSyncProgress', jobId: job.jobId, unit: job.unit, progress }),
      onDataChanged: (entities) => this.#dataChanged(entities),
    });
    this.#reporter = reporter;
    this.#emit({ type: 'onSyncStart', jobId: job.jobId, unit: job.unit, reason: job.reason });
    server = await this.#connected();
    bytesBefore = server.bytesReceived();
    // Only a full run fetches everything that the person's word is about.
    const accepted = job.unit === 'full' && this.#work.refetchAsked();
    const connected = server;
    const gaveWay = await this.#inOneName(signal, async (asked) => {
      await offlineDataSync(
        {
          work: this.#work,
          replicas: this.#replicas,
          server: connected,
          signal,
          now,
          report: reporter,
          siteCodes: this.#configuration.siteCodes,
          rights: { asked, kept: this.#configuration.keptSites ?? null },
          verified: this.#verified,
          awaited: new Set(),
          newId: this.#ports.newId,
          rowOf: this.#rowOf,
          accepted,
          finishReplica: this.#ports.finishReplica,
          freeBytes: this.#ports.freeBytes,
          foldLog: this.#foldLog,
        },
        job.unit,
      );
      return job.unit === 'photos' && this.#sendPhotos(job, { reporter, signal });
    });
    if (accepted) this.#work.askRefetch(false);
    this.#tellConflicts(job);
    const result = this.#settled(job, 'complete', null);
    this.#emit({ type: 'onSyncComplete', result });
    this.#queuePhotos(job, gaveWay);
    return { moved: gaveWay || result.rowsReceived + result.rowsDeleted + result.rowsSent > 0 };
  }

  /** A run belongs to one person from its beginning to its end, whoever uses the laptop meanwhile. */
  async #inOneName<T>(
    signal: AbortSignal,
    work: (siteIds: readonly string[] | null) => Promise<T>,
  ): Promise<T> {
    const { access } = this.#ports;
    if (!access) return work(null);
    const siteIds = await access.begin(signal);
    try {
      return await work(siteIds);
    } finally {
      access.end();
      this.#leaveSites();
    }
  }

  /** Rows that nobody who is known here may see do not stay until the next run, which may never come. */
  #leaveSites(): void {
    const { keptSites = null } = this.#configuration;
    if (keptSites === null) return;
    leaveScopes(this.#work, this.#replicas, (scope) => {
      const siteId = siteIdOf(scope);
      return siteId === null || keptSites.includes(siteId);
    });
  }

  /** True if it gave way to a unit that waits: text is never held up by photos. */
  async #sendPhotos(
    job: SyncJob,
    { reporter, signal }: { reporter: RunReporter; signal: AbortSignal },
  ): Promise<boolean> {
    if (!this.#photos) return false;
    const { now } = this.#ports;
    reporter.phase('photos', null);
    const end = await this.#photos.send({
      signal,
      isAsked: BY_HAND.has(job.reason),
      isHurried: () =>
        this.#queue
          .waiting()
          .some(({ unit, notBefore }) => unit !== 'photos' && notBefore <= now()),
      onSent: () => {
        reporter.operationsSent(1);
        this.#tellStatus();
      },
      onRefused: (code, count) => this.#note({ type: 'photoRefused', code, count }),
      onChanged: (entities) => this.#dataChanged(entities),
    });
    return end === 'hurried';
  }

  /** After text, in a unit of their own. Whoever asked for the text asked for them, too. */
  #queuePhotos({ unit, reason }: SyncJob, gaveWay: boolean): void {
    const isAsked = BY_HAND.has(reason);
    const isDue = unit === 'photos' ? gaveWay : (this.#photos?.isDue(isAsked) ?? false);
    if (!isDue) return;
    this.#queue.trigger({
      syncUnit: 'photos',
      discardPendingSyncUnits: false,
      reason: isAsked ? reason : 'localChange',
    });
  }

  #failed(job: SyncJob, error: unknown, nextAttemptAt: number | null): void {
    const wire = toWireError(translatedError('replica', error));
    const outcome = wire.code === 'CANCELLED' ? 'cancelled' : 'error';
    this.#tellConflicts(job);
    const result = this.#settled(job, outcome, wire);
    this.#emit({ type: 'onSyncError', result, nextAttemptAt });
  }

  #settled(
    job: SyncJob,
    outcome: SyncRunResult['outcome'],
    error: SyncRunResult['error'],
  ): SyncRunResult {
    const reporter = must(this.#reporter, 'reporter of the run that ends');
    const { rowsReceived, bytesReceived } = reporter.progress();
    const result: SyncRunResult = {
      jobId: job.jobId,
      unit: job.unit,
      reason: job.reason,
      outcome,
      startedAt: this.#startedAt,
      finishedAt: this.#ports.now(),
      rowsReceived,
      rowsDeleted: reporter.deleted(),
      rowsSent: reporter.sent(),
      bytesReceived,
      error,
    };
    this.#work.settleRun(result, this.#verified);
    this.#lastResult = result;
    return result;
  }

  #note(note: SyncLogNote): void {
    this.#work.addNote(note, this.#ports.now());
  }

  async #connected(): Promise<SyncServer> {
    const url = this.#configuration.serverUrl;
    if (url === null) {
      throw new TallymanError('BAD_INPUT', 'No server is set. Enter its address in the settings.');
    }
    if (this.#server?.url !== url) {
      void this.#server?.server.close();
      this.#server = null;
      this.#server = { url, server: await this.#ports.connect(url) };
    }
    return this.#server.server;
  }

  #dataChanged(entities: readonly string[]): void {
    this.#emit({ type: 'dataChanged', entities, source: 'sync' });
  }

  /** A person changed rows on this laptop. */
  noteLocalChange(entities: readonly string[]): void {
    this.#queue.noteWork();
    this.#emit({ type: 'dataChanged', entities, source: 'local' });
    this.#tellStatus();
  }

  #tellConflicts({ jobId, unit }: SyncJob): void {
    const conflicts = this.#reporter?.conflicts() ?? 0;
    if (conflicts > 0) this.#emit({ type: 'onSyncConflict', jobId, unit, conflicts });
  }

  /** Once for all that changes in a turn, and after what the turn was for: a run's request is under way by then. */
  #tellStatus(): void {
    this.#statusDue ??= setImmediate(() => {
      this.#statusDue = null;
      this.#emit({ type: 'statusChanged', status: this.status() });
    });
  }
}

function scopeStatuses(work: WorkStore, replicas: ReplicaSet): ScopeStatus[] {
  const files = work.replicaFiles().filter(({ role }) => role === 'current');
  return work.followedScopes().map(({ scope, siteCode, name }) => {
    const replica = replicas.get(scope, 'current');
    if (!replica) {
      return { scope, siteCode, name, version: 0, complete: false, rows: {}, verifiedAt: null };
    }
    const rows = replica.rowCounts();
    const { version, complete } = replica.state;
    const verifiedAt = files.find((file) => file.scope === scope)?.verifiedAt ?? null;
    return { scope, siteCode, name, version, complete, rows, verifiedAt };
  });
}
