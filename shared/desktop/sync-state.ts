import type { WireError } from '../errors.ts';
import type { SyncUnit } from '../sync/sync-unit.ts';

/** What started a run. */
export type SyncReason =
  | 'user'
  | 'tray'
  | 'menu'
  | 'cli'
  | 'start'
  | 'interval'
  | 'online'
  | 'resume'
  | 'retry'
  | 'settings';

export type SyncPhase = 'connecting' | 'receiving' | 'indexing' | 'verifying' | 'repairing';

export interface SyncProgress {
  phase: SyncPhase;
  /** The scope at work, as a person reads it: null for the catalogue, else the site's name. */
  siteName: string | null;
  rowsReceived: number;
  /** Rows expected in this run, once known; never shrinks within a run. */
  rowsTotal: number | null;
  bytesReceived: number;
  rowsPerSecond: number;
}

export interface SyncRunResult {
  jobId: string;
  unit: SyncUnit;
  reason: SyncReason;
  outcome: 'complete' | 'error' | 'cancelled';
  startedAt: number;
  finishedAt: number;
  rowsReceived: number;
  rowsDeleted: number;
  rowsSent: number;
  bytesReceived: number;
  error: WireError | null;
}

/** Where sync stands. The renderer shows it at all times. */
export interface SyncStatus {
  state: 'idle' | 'syncing' | 'error' | 'offline' | 'neverSynced';
  running: {
    jobId: string;
    unit: SyncUnit;
    reason: SyncReason;
    startedAt: number;
    progress: SyncProgress;
  } | null;
  queued: readonly SyncUnit[];
  /** UTC epoch milliseconds of the last complete run, which is the age of the data. */
  lastSuccessAt: number | null;
  lastResult: SyncRunResult | null;
  /** When a failed run is tried again by itself. */
  nextAttemptAt: number | null;
  /** Operations not sent yet. */
  pending: number;
  conflicts: number;
  scopes: readonly ScopeStatus[];
}

export interface ScopeStatus {
  scope: string;
  siteCode: string | null;
  name: string | null;
  version: number;
  /** False while the first sync of the scope is catching up. */
  complete: boolean;
  rows: Readonly<Record<string, number>>;
  /** When the laptop's digest was last seen equal to the server's. */
  verifiedAt: number | null;
}

export type SyncEvent =
  | { type: 'onSyncStart'; jobId: string; unit: SyncUnit; reason: SyncReason }
  | { type: 'onSyncProgress'; jobId: string; unit: SyncUnit; progress: SyncProgress }
  | { type: 'onSyncComplete'; result: SyncRunResult }
  | { type: 'onSyncError'; result: SyncRunResult; nextAttemptAt: number | null }
  | { type: 'onSyncDeferred'; unit: SyncUnit; reason: SyncReason; cause: 'offline' }
  | { type: 'onSyncDiscarded'; units: readonly SyncUnit[] }
  /** Rows of these entities changed; lists that show them read again. */
  | { type: 'dataChanged'; entities: readonly string[] }
  | { type: 'statusChanged'; status: SyncStatus };

export interface TriggerResult {
  jobId: string;
  /** `coalesced`: the same unit already waits, and its job is returned. */
  accepted: 'queued' | 'coalesced';
}
