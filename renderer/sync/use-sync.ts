import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import { type SyncCommands, useSyncCommands } from './use-sync-commands.ts';
import { useSyncStatus } from './use-sync-status.ts';

export interface Sync extends SyncCommands {
  /** Undefined until it was read for the first time. */
  status: SyncStatus | undefined;
}

/** The sync framework's face: all of where it stands, and the ways to start, stop and decide. */
export function useSync(): Sync {
  const status = useSyncStatus((all) => all);
  return { status, ...useSyncCommands() };
}
