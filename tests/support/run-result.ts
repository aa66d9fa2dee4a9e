import type { SyncRunResult } from '../../shared/desktop/sync-state.ts';

/** The result of a run that moved nothing, the only one that began at `startedAt`. */
export function runResult(
  startedAt: number,
  outcome: SyncRunResult['outcome'],
  more: Partial<SyncRunResult> = {},
): SyncRunResult {
  return {
    jobId: `job-${startedAt}`,
    unit: 'full',
    reason: 'user',
    outcome,
    startedAt,
    finishedAt: startedAt + 1,
    rowsReceived: 0,
    rowsDeleted: 0,
    rowsSent: 0,
    bytesReceived: 0,
    error: null,
    ...more,
  };
}
