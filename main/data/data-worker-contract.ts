import type {
  SyncEvent,
  SyncLogEntry,
  SyncLogInput,
  SyncStatus,
  TriggerResult,
} from '../../shared/desktop/sync-state.ts';
import type { Draft, DraftPutInput } from '../../shared/desktop/drafts.ts';
import type { ImportWriteResult } from '../../shared/desktop/exchange-views.ts';
import type {
  PhotoAdded,
  PhotoContent,
  PhotoRemoved,
  PhotoRequest,
} from '../../shared/desktop/photo-views.ts';
import type { RecordWrite, WriteResult } from '../../shared/desktop/record-views.ts';
import type { MovementRequest } from '../../shared/desktop/stock-views.ts';
import type {
  ConflictView,
  PendingInput,
  PendingResult,
  Resolution,
  RetryInput,
} from '../../shared/desktop/work-views.ts';
import type { WireError } from '../../shared/errors.ts';
import type { ReplicaView } from '../sync/replica-set.ts';
import type { EngineConfiguration } from '../sync/sync-engine.ts';
import type { TriggerRequest } from '../sync/sync-queue.ts';
import type { SessionMethods, SessionStart } from './session-contract.ts';
import type { TallyMethods } from './tally-contract.ts';

/** What the data worker is started with. */
export interface DataWorkerStart {
  dataFolder: string;
  /** The address of the replica finisher's entry. */
  finisherEntry: string;
  configuration: EngineConfiguration;
  /** Go on with jobs that an earlier run left. */
  resumeJobs: boolean;
  /** Without it nobody has to sign in. */
  session?: SessionStart | undefined;
}

export interface DataFolderInfo {
  deviceId: string;
  sqliteVersion: string;
}

/** What the data worker does for the app; all inputs and outputs survive structured cloning. */
export interface DataWorkerMethods extends TallyMethods, SessionMethods {
  info: (input: null) => DataFolderInfo;
  /** What readers may open. */
  replicas: (input: null) => readonly ReplicaView[];
  trigger: (input: TriggerRequest) => TriggerResult;
  cancel: (input: string) => void;
  status: (input: null) => SyncStatus;
  log: (input: SyncLogInput) => readonly SyncLogEntry[];
  write: (input: readonly RecordWrite[]) => WriteResult;
  importRows: (input: readonly RecordWrite[]) => ImportWriteResult;
  /** Returns the operation's id. */
  recordMovement: (input: MovementRequest) => string;
  pending: (input: PendingInput) => PendingResult;
  undo: (operationId: string) => void;
  retry: (input: RetryInput) => void;
  discard: (operationId: string) => void;
  conflicts: (input: null) => readonly ConflictView[];
  resolve: (input: readonly Resolution[]) => void;
  putDraft: (input: DraftPutInput) => void;
  draft: (key: string) => Draft | null;
  removeDraft: (key: string) => void;
  addPhoto: (input: PhotoRequest) => Promise<PhotoAdded>;
  /** Fetches it if it is not here. */
  readPhoto: (hash: string, signal: AbortSignal) => Promise<PhotoContent>;
  removePhoto: (id: string) => PhotoRemoved;
  acceptServer: (input: null) => void;
  configure: (input: EngineConfiguration) => void;
  setOffline: (input: boolean) => void;
  /** The machine woke up or its network changed: whoever waits for news listens anew. */
  renewPokes: (input: null) => void;
  /** Readers have let go of old files. */
  removeLeftovers: (input: null) => Promise<void>;
  close: (input: null) => Promise<void>;
}

export type DataWorkerEvent =
  | { kind: 'ready' }
  /** The folder could not be opened; the worker ends. */
  | { kind: 'failed'; error: WireError }
  /** Something failed that no request waits for, and the worker goes on. */
  | { kind: 'trouble'; error: WireError }
  /** Wants a token that works, of this person if one is named: `giveAccess` answers. */
  | { kind: 'accessAsked'; personId: string | null }
  | { kind: 'sync'; event: SyncEvent }
  /** Whether the server can tell of news at this moment. */
  | { kind: 'pokes'; isLive: boolean }
  | { kind: 'replicas'; replicas: readonly ReplicaView[] };
