import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CatalogueFilter, ProductListItem } from '../../shared/desktop/catalogue-views.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';

const PAGE_ROWS = 100;
/**
 * Rows that one list may hold. Nobody scrolls further by hand, a browser cannot lay out much more, and each row costs
 * about half a kilobyte.
 */
export const LIST_ROWS_MAX = 50_000;

export interface CatalogueList {
  items: readonly ProductListItem[];
  /** Of all matches; null until counted. */
  total: number | null;
  /** Rows of the list, those not read yet included. */
  length: number;
  /** Nothing was read yet. */
  isPending: boolean;
  /** What is shown still belongs to the text or filter before. */
  isSuperseded: boolean;
  error: unknown;
  canReadMore: boolean;
  readMore: () => void;
}

/** Matches page by page. A new text or filter cancels what still runs; until it answers, the old list stays. */
export function useCatalogueList(input: { text: string; filter: CatalogueFilter }): CatalogueList {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const search = useInfiniteQuery({
    queryKey: trpc.catalogue.search.infiniteQueryKey(input),
    // Not `infiniteQueryOptions`: it adds a `direction` to the input, which the strict input schema refuses.
    queryFn: ({ pageParam, signal }) =>
      client.catalogue.search.query({ ...input, cursor: pageParam, limit: PAGE_ROWS }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last, pages) =>
      pages.length * PAGE_ROWS >= LIST_ROWS_MAX ? null : last.nextCursor,
    placeholderData: keepPreviousData,
  });
  const count = useQuery(
    trpc.catalogue.count.queryOptions(input, {
      trpc: { abortOnUnmount: true },
      placeholderData: keepPreviousData,
    }),
  );

  const items = useMemo(
    () => search.data?.pages.flatMap((page) => page.items) ?? [],
    [search.data],
  );
  const total = count.data?.total ?? null;
  const { hasNextPage, isFetching, isPlaceholderData } = search;
  const length = hasNextPage
    ? Math.max(items.length, Math.min(total ?? items.length + PAGE_ROWS, LIST_ROWS_MAX))
    : items.length;
  return {
    items,
    // A whole list that is loaded knows its length better than a count that is still under way.
    total: hasNextPage || isPlaceholderData || items.length >= LIST_ROWS_MAX ? total : items.length,
    length,
    isPending: search.isPending,
    isSuperseded: isPlaceholderData,
    error: search.error,
    canReadMore: hasNextPage && !isFetching && !isPlaceholderData,
    readMore: () => void search.fetchNextPage({ cancelRefetch: false }),
  };
}
