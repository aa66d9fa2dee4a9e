import { useQuery } from '@tanstack/react-query';
import type { CountSummary } from '../../shared/desktop/count-views.ts';
import { useTRPC } from '../trpc.ts';

interface FoundCount {
  /** Undefined until it is read; null if there is none. */
  count: CountSummary | null | undefined;
  error: unknown;
}

export function useCount(id: string): FoundCount {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.counts.get.queryOptions({ id }));
  return { count: data, error };
}
