import { useMutation } from '@tanstack/react-query';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import { useTRPC } from '../trpc.ts';
import { useSyncStatus } from './use-sync-status.ts';

export interface SyncCommands {
  trigger: (request?: {
    syncUnit?: SyncUnit | undefined;
    discardPendingSyncUnits?: boolean | undefined;
    /** `user` if it is not given. */
    reason?: 'user' | 'shortcut' | undefined;
  }) => void;
  /** Stops the run after its current step. What arrived stays. */
  cancel: () => void;
  cancelling: boolean;
  /** A person's word that a replaced server or a large removal is right; then fetches everything anew. */
  acceptServer: () => Promise<void>;
  /** Of the last command, not of a run: a run's error is in `status.lastResult`. */
  commandError: unknown;
}

/** The ways to start, stop and decide. Draws again when a run starts or ends, not as it goes on. */
export function useSyncCommands(): SyncCommands {
  const trpc = useTRPC();
  const trigger = useMutation(trpc.sync.trigger.mutationOptions());
  const cancel = useMutation(trpc.sync.cancel.mutationOptions());
  const accept = useMutation(trpc.sync.acceptServer.mutationOptions());
  const jobId = useSyncStatus(({ running }) => running?.jobId ?? null) ?? null;
  return {
    trigger: (request = {}) => trigger.mutate(request),
    cancel: () => {
      if (jobId !== null) cancel.mutate({ jobId });
    },
    cancelling: jobId !== null && cancel.variables?.jobId === jobId && !cancel.isError,
    acceptServer: async () => {
      await accept.mutateAsync();
      await trigger.mutateAsync({ syncUnit: 'full' });
    },
    commandError: trigger.error ?? cancel.error ?? accept.error,
  };
}
