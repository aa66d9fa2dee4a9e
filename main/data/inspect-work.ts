import type { SyncLogEntry, SyncLogInput } from '../../shared/desktop/sync-state.ts';
import type { ConflictView, PendingInput, PendingResult } from '../../shared/desktop/work-views.ts';
import { listConflicts } from '../store/outbox/conflict-list.ts';
import { listOperations } from '../store/outbox/operation-list.ts';
import { WorkStore } from '../store/work-store.ts';

/** People's work and the sync log of a folder that somebody else may own. */
export interface WorkInspection {
  pending: (input: PendingInput) => PendingResult;
  conflicts: () => ConflictView[];
  log: (input: SyncLogInput) => SyncLogEntry[];
}

/** Opens `work.db` only while it looks, so that nothing is in the owner's way. */
export function inspectWork(dataFolder: string): WorkInspection {
  const look = <T>(work: (store: WorkStore) => T): T => {
    const store = WorkStore.openForReading(dataFolder);
    try {
      return work(store);
    } finally {
      store.close();
    }
  };
  return {
    pending: (input) => look(({ db }) => listOperations(db, input)),
    conflicts: () => look(({ db }) => listConflicts(db)),
    log: (input) => look((store) => store.log(input)),
  };
}
