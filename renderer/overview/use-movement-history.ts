import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MovementHistoryInput } from '../../shared/desktop/overview-views.ts';
import type { MovementView } from '../../shared/desktop/stock-views.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';

const PAGE = 100;

/** What narrows the history. */
export type MovementFilter = Pick<
  MovementHistoryInput,
  'siteId' | 'personId' | 'kind' | 'cause' | 'from' | 'to'
>;

interface MovementPages {
  movements: readonly MovementView[];
  isPending: boolean;
  error: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
}

/** The movements of a site that a filter leaves, page by page; read again by itself when goods are moved. */
export function useMovementHistory(filter: MovementFilter | null): MovementPages {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const query = useInfiniteQuery({
    queryKey: [...trpc.overview.movements.pathKey(), { input: filter, type: 'infinite' }],
    queryFn: ({ pageParam, signal }) => {
      if (filter === null) return { items: [], nextCursor: null };
      return client.overview.movements.query(
        { ...filter, limit: PAGE, cursor: pageParam },
        { signal },
      );
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: filter !== null,
  });
  const { data } = query;
  return {
    movements: useMemo(() => (data?.pages ?? []).flatMap(({ items }) => items), [data]),
    isPending: query.isPending && filter !== null,
    error: query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
