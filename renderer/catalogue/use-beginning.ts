import { useQuery } from '@tanstack/react-query';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import { useNetwork } from '../sync/use-network.ts';
import { useTRPC } from '../trpc.ts';

function startOf({ scopes, lastSuccessAt }: SyncStatus) {
  return { hasData: scopes.length > 0, isFirst: lastSuccessAt === null };
}

/** Whether this laptop holds anything at all, or must be shown the way to a first sync. */
export function useBeginning(): 'unknown' | 'firstRun' | 'ready' {
  const trpc = useTRPC();
  const { data: start, isPending } = useQuery(
    trpc.sync.status.queryOptions(undefined, { select: startOf }),
  );
  const network = useNetwork();
  if (isPending) return 'unknown';
  const isFirst = start && !start.hasData && (start.isFirst || network?.cause === 'noServerSet');
  return isFirst ? 'firstRun' : 'ready';
}
