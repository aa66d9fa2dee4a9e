import type { SyncProgress } from '../../shared/desktop/sync-state.ts';
import type { RunReport } from './run-context.ts';

/** Progress is told at most this often: smooth to the eye, nothing to the CPU. */
const PROGRESS_INTERVAL_MS = 100;

export interface RunReporter extends RunReport {
  progress: () => SyncProgress;
  deleted: () => number;
  sent: () => number;
  conflicts: () => number;
}

/** Counts what a run does and tells it on, throttled. Totals only grow, so that a progress bar never goes back. */
export function createRunReporter(options: {
  now: () => number;
  bytesReceived: () => number;
  onProgress: (progress: SyncProgress) => void;
  onDataChanged: (entities: readonly string[]) => void;
}): RunReporter {
  const startedAt = options.now();
  let toldAt = 0;
  let deleted = 0;
  let sent = 0;
  let conflicts = 0;
  let progress: SyncProgress = {
    phase: 'connecting',
    siteName: null,
    rowsReceived: 0,
    rowsTotal: null,
    bytesReceived: 0,
    rowsPerSecond: 0,
  };
  const tell = (change: Partial<SyncProgress>, urgent: boolean): void => {
    const now = options.now();
    const rowsReceived = change.rowsReceived ?? progress.rowsReceived;
    const seconds = Math.max(1, now - startedAt) / 1_000;
    progress = {
      ...progress,
      ...change,
      bytesReceived: options.bytesReceived(),
      rowsPerSecond: Math.round(rowsReceived / seconds),
    };
    if (!urgent && now - toldAt < PROGRESS_INTERVAL_MS) return;
    toldAt = now;
    options.onProgress(progress);
  };
  return {
    progress: () => ({ ...progress, bytesReceived: options.bytesReceived() }),
    deleted: () => deleted,
    sent: () => sent,
    conflicts: () => conflicts,
    phase: (phase, siteName) => tell({ phase, siteName }, true),
    rowsExpected: (rows) =>
      tell({ rowsTotal: Math.max(progress.rowsTotal ?? 0, progress.rowsReceived) + rows }, true),
    rowsReceived: (rows) => tell({ rowsReceived: progress.rowsReceived + rows }, false),
    rowsDeleted: (rows) => {
      deleted += rows;
    },
    operationsSent: (operations) => {
      sent += operations;
    },
    conflictsFound: (found) => {
      conflicts += found;
    },
    dataChanged: options.onDataChanged,
  };
}
