import { useQuery } from '@tanstack/react-query';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import { useTRPC } from '../trpc.ts';

/**
 * A part of where sync stands. Draws again only when that part is another one: a running sync tells of its progress ten times
 * a second, which concerns hardly anybody. Undefined until it was read for the first time.
 */
export function useSyncStatus<T>(select: (status: SyncStatus) => T): T | undefined {
  const trpc = useTRPC();
  return useQuery({ ...trpc.sync.status.queryOptions(), select }).data;
}
