import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Resolution } from '../../shared/desktop/work-views.ts';
import { useTRPC } from '../trpc.ts';
import { groupConflicts, type RowConflicts } from './group-conflicts.ts';

export interface Conflicts {
  /** Undefined until they were read for the first time. */
  rows: readonly RowConflicts[] | undefined;
  error: unknown;
  /** Decides about one row, as one operation. Rejects with the error that `resolveError` then holds too. */
  resolve: (resolutions: readonly Resolution[]) => Promise<void>;
  resolving: boolean;
  resolveError: unknown;
}

/** What a person has to decide about, by row. */
export function useConflicts(): Conflicts {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.work.conflicts.queryOptions());
  const mutation = useMutation(trpc.work.resolve.mutationOptions());
  const rows = useMemo(() => data && groupConflicts(data), [data]);
  return {
    rows,
    error,
    resolve: (resolutions) => mutation.mutateAsync({ resolutions: [...resolutions] }),
    resolving: mutation.isPending,
    resolveError: mutation.error,
  };
}
