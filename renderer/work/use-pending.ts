import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OperationView } from '../../shared/desktop/work-views.ts';
import { useTRPC } from '../trpc.ts';

const STEP = 100;
/** The most that one answer holds. */
const PENDING_LIMIT_MAX = 500;
const FINISHED_SHOWN = 20;

export interface Pending {
  /** Operations that wait to be sent or answered, shown or not. */
  waitingCount: number;
  /** Oldest first. */
  waiting: readonly OperationView[];
  refused: readonly OperationView[];
  /** Newest first. */
  finished: readonly OperationView[];
  isPending: boolean;
  error: unknown;
  /** Undefined if all that can be shown is shown. */
  showMore: (() => void) | undefined;
}

/** What was done on this laptop and where it stands. */
export function usePending(): Pending {
  const trpc = useTRPC();
  const [limit, setLimit] = useState(STEP);
  const open = useQuery({
    ...trpc.work.pending.queryOptions({ show: 'open', limit }),
    placeholderData: (before) => before,
  });
  const attention = useQuery(
    trpc.work.pending.queryOptions({ show: 'attention', limit: PENDING_LIMIT_MAX }),
  );
  const settled = useQuery(
    trpc.work.pending.queryOptions({ show: 'settled', limit: FINISHED_SHOWN }),
  );
  const items = open.data?.items ?? [];
  const isFull = items.length >= limit && limit < PENDING_LIMIT_MAX;
  return {
    waitingCount: open.data?.waiting ?? 0,
    waiting: items.filter((one) => !isRefused(one)),
    refused: attention.data?.items ?? [],
    finished: settled.data?.items ?? [],
    isPending: open.isPending || attention.isPending,
    error: open.error ?? attention.error ?? settled.error,
    showMore: isFull ? () => setLimit(limit + STEP) : undefined,
  };
}

export function isRefused({ state }: OperationView): boolean {
  return state === 'rejected' || state === 'blocked' || state === 'parked';
}
