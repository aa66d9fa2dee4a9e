import type { AppInfo } from '../../shared/desktop/app-info.ts';
import type { PutAwayInput, PutAwayPlace } from '../../shared/desktop/delivery-views.ts';
import type { Draft, DraftPutInput } from '../../shared/desktop/drafts.ts';
import type { ImportWriteResult } from '../../shared/desktop/exchange-views.ts';
import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import type { Settings, SettingsPatch } from '../../shared/desktop/settings.ts';
import type {
  PhotoAddInput,
  PhotoAdded,
  PhotoContent,
  PhotoListInput,
  PhotoRemoved,
  PhotoView,
} from '../../shared/desktop/photo-views.ts';
import type {
  RecordKeyInput,
  RecordListInput,
  RecordListResult,
  RecordView,
  RecordWrite,
  WriteResult,
} from '../../shared/desktop/record-views.ts';
import type {
  LocationsInput,
  LocationView,
  MovementListInput,
  MovementView,
  RecordMovementInput,
  RecordMovementResult,
  StockView,
} from '../../shared/desktop/stock-views.ts';
import type {
  SyncEvent,
  SyncLogEntry,
  SyncLogInput,
  SyncReason,
  SyncStatus,
  TriggerResult,
} from '../../shared/desktop/sync-state.ts';
import type {
  ConflictView,
  PendingInput,
  PendingResult,
  Resolution,
  RetryInput,
} from '../../shared/desktop/work-views.ts';
import type {
  ScanOutcome,
  TallyAssign,
  TallyDiscard,
  TallyLine,
  TallyList,
  TallyPlace,
  TallyPost,
  TallyPosted,
  TallyScanInput,
  TallyStart,
  TallySummary,
  TallyType,
  TallyUnknown,
  TallyView,
  TallyVoid,
} from '../../shared/desktop/tally-views.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import type { CatalogueReads, LocalReads } from '../data/local-reads.ts';
import type { AdminApp, SessionApp } from './session-app.ts';

export type Unsubscribe = () => void;

export interface TriggerRequest {
  syncUnit: SyncUnit;
  /** Drops units that wait; the running one goes on. Never drops unsent work. */
  discardPendingSyncUnits: boolean;
  /** Stops the running unit too. */
  abortRunning?: boolean | undefined;
  reason: SyncReason;
}

/** Everything the app can do, whichever shell hosts it. All of it works with no network except the sync itself. */
export interface DesktopApp {
  info: () => Promise<AppInfo>;
  session: SessionApp;
  admin: AdminApp;
  catalogue: CatalogueReads;
  sync: {
    /** The only way to start a run. Queues and returns at once. */
    trigger: (request: TriggerRequest) => Promise<TriggerResult>;
    cancel: (jobId: string) => Promise<void>;
    status: () => Promise<SyncStatus>;
    /** Newest first. */
    log: (input: SyncLogInput) => Promise<readonly SyncLogEntry[]>;
    /**
     * A person's word that a replaced or rolled-back server, or a pull that deletes much, is right. The next run then
     * fetches everything anew beside the old data and switches when it is whole.
     */
    acceptServer: () => Promise<void>;
    subscribe: (listener: (event: SyncEvent) => void) => Unsubscribe;
  };
  /** Rows of every entity, replica ⊕ overlay, and the only way to change them. */
  records: {
    list: (input: RecordListInput) => Promise<RecordListResult>;
    /** Null if there is no such row. */
    get: (input: RecordKeyInput) => Promise<RecordView | null>;
    /** One operation, durable when it resolves. */
    write: (writes: readonly RecordWrite[]) => Promise<WriteResult>;
  };
  stock: {
    record: (input: RecordMovementInput) => Promise<RecordMovementResult>;
    ofProduct: (productId: string) => Promise<StockView>;
    /** Newest first. */
    movements: (input: MovementListInput) => Promise<readonly MovementView[]>;
    locations: (input: LocationsInput, signal?: AbortSignal) => Promise<readonly LocationView[]>;
    /** A few places where goods should be put, the best first. */
    putAway: (input: PutAwayInput) => Promise<readonly PutAwayPlace[]>;
  };
  deliveries: LocalReads['deliveries'];
  overview: LocalReads['overview'];
  /** Counts, with what each of those who look may know. */
  counts: LocalReads['counts'];
  exchange: LocalReads['exchange'] & {
    /** Rows of an imported file as one operation, durable when it resolves; those that are there already are passed over. */
    write: (writes: readonly RecordWrite[]) => Promise<ImportWriteResult>;
  };
  photos: {
    list: (input: PhotoListInput) => Promise<readonly PhotoView[]>;
    /** Durable when it resolves; sent later, after all text. */
    add: (input: PhotoAddInput) => Promise<PhotoAdded>;
    /** From this laptop, or else from the server if it can be reached. */
    read: (hash: string, signal?: AbortSignal) => Promise<PhotoContent>;
    /** May be taken back, as all work. */
    remove: (id: string) => Promise<PhotoRemoved>;
  };
  /** What people did on this laptop and where it stands. */
  work: {
    pending: (input: PendingInput) => Promise<PendingResult>;
    /** Takes back an operation: one that was not sent is gone, for one that was a counter-operation is recorded. */
    undo: (operationId: string) => Promise<void>;
    /** Sends a refused operation again, as a new one, with what a person put right. */
    retry: (input: RetryInput) => Promise<void>;
    /** Gives a refused operation up. */
    discard: (operationId: string) => Promise<void>;
    conflicts: () => Promise<readonly ConflictView[]>;
    resolve: (resolutions: readonly Resolution[]) => Promise<void>;
  };
  /** Stretches of scanning and typing on this laptop, until they are posted as work. */
  tally: {
    /** Goes on with the open one of this kind and subject, if there is one. */
    start: (input: TallyStart) => Promise<TallyView>;
    /** Open ones, those used last first. */
    list: (input: TallyList) => Promise<readonly TallySummary[]>;
    get: (tallyId: string) => Promise<TallyView>;
    /** On the disk when it resolves, once however often it is asked. */
    scan: (input: TallyScanInput) => Promise<ScanOutcome>;
    /** Null: the line is gone. */
    type: (input: TallyType) => Promise<TallyLine | null>;
    assign: (input: TallyAssign) => Promise<ScanOutcome>;
    void: (input: TallyVoid) => Promise<void>;
    /** Throws BAD_INPUT if the work cannot go on there; `details.problem` says why. */
    place: (input: TallyPlace) => Promise<void>;
    /** Exactly once; whoever asks again gets the same answer. */
    post: (input: TallyPost) => Promise<TallyPosted>;
    discard: (input: TallyDiscard) => Promise<void>;
    /** Codes that nobody knew, of any tally, posted ones too. */
    unknown: () => Promise<readonly TallyUnknown[]>;
  };
  /** What a person has typed and not saved yet. Durable, bounded, never sent. */
  drafts: {
    put: (input: DraftPutInput) => Promise<void>;
    /** Null if there is none. */
    get: (key: string) => Promise<Draft | null>;
    remove: (key: string) => Promise<void>;
  };
  network: {
    status: () => NetworkStatus;
    subscribe: (listener: (status: NetworkStatus) => void) => Unsubscribe;
  };
  settings: {
    get: () => Settings;
    update: (patch: SettingsPatch) => Promise<Settings>;
    subscribe: (listener: (settings: Settings) => void) => Unsubscribe;
  };
  /** Stops the workers after their current commit. */
  close: () => Promise<void>;
}
