import type {
  SyncEvent,
  SyncLogEntry,
  SyncLogInput,
  SyncLogNote,
  SyncProgress,
  SyncReason,
  SyncRunResult,
  SyncStatus,
} from '../../shared/desktop/sync-state.ts';
import type { ErrorCode, WireError } from '../../shared/errors.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import { fakeId } from './fake-catalogue.ts';

export interface FakeSync {
  status: () => SyncStatus;
  /** Newest first. */
  log: () => readonly SyncLogEntry[];
  /** Something for the log that is no run. */
  note: (note: SyncLogNote) => void;
  subscribe: (listener: (event: SyncEvent) => void) => () => void;
  /** Replaces parts of the status and tells everyone. */
  set: (patch: Partial<SyncStatus>) => void;
  emit: (event: SyncEvent) => void;
  start: (reason: SyncReason, unit?: SyncUnit) => string;
  progress: (patch: Partial<SyncProgress>) => void;
  finish: (end?: FakeEnd) => void;
}

interface FakeEnd {
  outcome?: SyncRunResult['outcome'] | undefined;
  code?: ErrorCode | undefined;
  nextAttemptAt?: number | null | undefined;
}

function fakeError(code: ErrorCode): WireError {
  return { code, message: `A sentence for the log about ${code}.`, retryable: false, details: {} };
}

const IDLE_PROGRESS: SyncProgress = {
  phase: 'connecting',
  siteName: null,
  rowsReceived: 0,
  rowsTotal: null,
  bytesReceived: 0,
  rowsPerSecond: 0,
};
const BYTES_PER_ROW = 96;

/** The sync of the fake app: nothing happens by itself, the test or the dev page moves it. */
export function createFakeSync(now: () => number, initial: SyncStatus): FakeSync {
  let status = initial;
  let entries: SyncLogEntry[] = [];
  let jobs = 0;
  const listeners = new Set<(event: SyncEvent) => void>();

  const emit = (event: SyncEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const set = (patch: Partial<SyncStatus>): void => {
    status = { ...status, ...patch };
    emit({ type: 'statusChanged', status });
  };

  return {
    status: () => status,
    log: () => entries,
    note: (note) => {
      entries = [{ number: entries.length + 1, at: now(), kind: 'note', note }, ...entries];
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set,
    emit,
    start: (reason, unit = 'full') => {
      if (status.running) return status.running.jobId;
      const jobId = fakeId(5, ++jobs);
      emit({ type: 'onSyncStart', jobId, unit, reason });
      set({
        state: 'syncing',
        nextAttemptAt: null,
        running: { jobId, unit, reason, startedAt: now(), progress: IDLE_PROGRESS },
      });
      return jobId;
    },
    progress: (patch) => {
      const { running } = status;
      if (!running) return;
      const progress = { ...running.progress, ...patch };
      status = { ...status, running: { ...running, progress } };
      emit({ type: 'onSyncProgress', jobId: running.jobId, unit: running.unit, progress });
    },
    finish: ({ outcome = 'complete', code, nextAttemptAt = null } = {}) => {
      const { running } = status;
      if (!running) return;
      const result = resultOf(running, { outcome, code, at: now(), sent: status.pending });
      entries = [
        { number: entries.length + 1, at: result.finishedAt, kind: 'run', result },
        ...entries,
      ];
      const complete = outcome === 'complete';
      set({
        state: outcome === 'error' ? 'error' : 'idle',
        running: null,
        lastResult: result,
        lastSuccessAt: complete ? result.finishedAt : status.lastSuccessAt,
        nextAttemptAt,
      });
      if (outcome === 'error') emit({ type: 'onSyncError', result, nextAttemptAt });
      else emit({ type: 'onSyncComplete', result });
    },
  };
}

export function fitsLogFilter(
  entry: SyncLogEntry,
  unit: SyncLogInput['unit'],
  outcome: SyncLogInput['outcome'],
): boolean {
  if (entry.kind === 'note') return unit === null && (outcome === 'any' || outcome === 'notes');
  return (
    (unit === null || entry.result.unit === unit) &&
    (outcome === 'any' || outcome === entry.result.outcome)
  );
}

function resultOf(
  running: NonNullable<SyncStatus['running']>,
  end: {
    outcome: SyncRunResult['outcome'];
    code: ErrorCode | undefined;
    at: number;
    sent: number;
  },
): SyncRunResult {
  const { jobId, unit, reason, startedAt, progress } = running;
  return {
    jobId,
    unit,
    reason,
    outcome: end.outcome,
    startedAt,
    finishedAt: end.at,
    rowsReceived: progress.rowsReceived,
    rowsDeleted: 0,
    rowsSent: end.outcome === 'complete' ? end.sent : 0,
    bytesReceived: progress.rowsReceived * BYTES_PER_ROW,
    error: end.code ? fakeError(end.code) : null,
  };
}
