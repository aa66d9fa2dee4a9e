import { useMutation, useQuery } from '@tanstack/react-query';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import { useTRPC } from '../trpc.ts';

export interface Sync {
  /** Undefined until it was read for the first time. */
  status: SyncStatus | undefined;
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

/** The sync framework's face: where it stands, and the ways to start, stop and decide. */
export function useSync(): Sync {
  const trpc = useTRPC();
  const { data: status } = useQuery(trpc.sync.status.queryOptions());
  const trigger = useMutation(trpc.sync.trigger.mutationOptions());
  const cancel = useMutation(trpc.sync.cancel.mutationOptions());
  const accept = useMutation(trpc.sync.acceptServer.mutationOptions());
  const jobId = status?.running?.jobId;
  return {
    status,
    trigger: (request = {}) => trigger.mutate(request),
    cancel: () => {
      if (jobId !== undefined) cancel.mutate({ jobId });
    },
    cancelling: jobId !== undefined && cancel.variables?.jobId === jobId && !cancel.isError,
    acceptServer: async () => {
      await accept.mutateAsync();
      await trigger.mutateAsync({ syncUnit: 'full' });
    },
    commandError: trigger.error ?? cancel.error ?? accept.error,
  };
}
