import { useQuery } from '@tanstack/react-query';
import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import { useTRPC } from '../trpc.ts';

/** Whether the Tallyman server can be reached. Undefined until it was read for the first time. */
export function useNetwork(): NetworkStatus | undefined {
  const trpc = useTRPC();
  return useQuery(trpc.network.status.queryOptions()).data;
}
