import { z } from 'zod';
import type { ErrorCode, WireError } from '../errors.ts';
import { type SyncUnit, syncUnitField } from '../sync/sync-unit.ts';

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
  | 'settings'
  | 'login'
  | 'localChange'
  | 'shortcut'
  | 'poke';

export type SyncPhase =
  'connecting' | 'sending' | 'receiving' | 'indexing' | 'verifying' | 'repairing' | 'photos';

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
  /** Operations that the server answered in this run, and photos that it took. */
  rowsSent: number;
  bytesReceived: number;
  error: WireError | null;
}

/** What the sync log keeps, newest first in lists. */
export type SyncLogEntry =
  | { number: number; at: number; kind: 'run'; result: SyncRunResult }
  | { number: number; at: number; kind: 'note'; note: SyncLogNote };

export type SyncLogNote =
  /** A unit was asked for again and again with nothing to do, as by a handler that triggers itself. */
  | { type: 'loopSuppressed'; unit: SyncUnit }
  | { type: 'unitsDiscarded'; units: readonly SyncUnit[] }
  /** A run ended twice, which is a defect; the second end had no effect. */
  | { type: 'settledAgain'; unit: SyncUnit }
  /** The server had met this laptop's numbers before, as after a copied or restored folder: it goes on under a new id. */
  | { type: 'deviceRenewed'; deviceId: string }
  /** The server had lost operations, as after a restored backup: they were sent again. */
  | { type: 'operationsResent'; count: number }
  /** A photo was refused. It is tried again, ever more seldom. */
  | { type: 'photoRefused'; code: ErrorCode; count: number }
  | { type: 'backupMade'; file: string }
  | { type: 'storeRestored'; file: string };

export const syncLogInput = z.strictObject({
  limit: z.int().min(1).max(1_000).default(100),
  unit: syncUnitField.nullable().default(null),
  /** `notes` leaves the runs out. */
  outcome: z.enum(['any', 'complete', 'error', 'cancelled', 'notes']).default('any'),
  /** Entries before this number, for the next page. */
  before: z.int().nullable().default(null),
});
export type SyncLogInput = z.output<typeof syncLogInput>;

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
  /** Operations that wait to be sent or answered. */
  pending: number;
  /** Fields and rows that a person has to decide about. */
  conflicts: number;
  /** Operations that were refused: a person can fix, send again or discard them. */
  attention: number;
  /** Photos taken here that the server does not have yet. */
  photos: number;
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
  | {
      type: 'onSyncDeferred';
      jobId: string;
      unit: SyncUnit;
      reason: SyncReason;
      cause: 'offline';
    }
  | { type: 'onSyncDiscarded'; units: readonly SyncUnit[] }
  /** New conflicts were found in a run. */
  | { type: 'onSyncConflict'; jobId: string; unit: SyncUnit; conflicts: number }
  /** Rows of these entities changed, by a sync or by a person on this laptop; lists that show them read again. */
  | { type: 'dataChanged'; entities: readonly string[]; source: 'sync' | 'local' }
  | { type: 'statusChanged'; status: SyncStatus };

export interface TriggerResult {
  jobId: string;
  /**
   * `coalesced`: the same unit already waits, and its job is returned. `suppressed`: it ran again and again just now with
   * nothing to do; the job waits a little.
   */
  accepted: 'queued' | 'coalesced' | 'suppressed';
}
