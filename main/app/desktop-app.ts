import type { AppInfo } from '../../shared/desktop/app-info.ts';
import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import type { Settings, SettingsPatch } from '../../shared/desktop/settings.ts';
import type {
  SyncEvent,
  SyncReason,
  SyncRunResult,
  SyncStatus,
  TriggerResult,
} from '../../shared/desktop/sync-state.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import type { CatalogueReads } from '../data/reader-pool.ts';

export type Unsubscribe = () => void;

export interface TriggerRequest {
  syncUnit: SyncUnit;
  /** Drops units that wait; the running one goes on. Never drops unsent work. */
  discardPendingSyncUnits: boolean;
  reason: SyncReason;
}

/** Everything the app can do, whichever shell hosts it. All of it works with no network except the sync itself. */
export interface DesktopApp {
  info: () => Promise<AppInfo>;
  catalogue: CatalogueReads;
  sync: {
    /** The only way to start a run. Queues and returns at once. */
    trigger: (request: TriggerRequest) => Promise<TriggerResult>;
    cancel: (jobId: string) => Promise<void>;
    status: () => Promise<SyncStatus>;
    /** Newest first. */
    log: (limit: number) => Promise<readonly SyncRunResult[]>;
    /**
     * A person's word that a replaced or rolled-back server, or a pull that deletes much, is right. The next run then
     * fetches everything anew beside the old data and switches when it is whole.
     */
    acceptServer: () => Promise<void>;
    subscribe: (listener: (event: SyncEvent) => void) => Unsubscribe;
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
