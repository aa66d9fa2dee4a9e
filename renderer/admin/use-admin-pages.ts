import { useInfiniteQuery } from '@tanstack/react-query';

const PAGE = 50;

export interface AdminPages<T> {
  /** Newest first. Undefined until the first page is there. */
  data: readonly T[] | undefined;
  error: Error | null;
  refetch: () => unknown;
  /** Undefined if there are no older ones. */
  older: (() => void) | undefined;
  isLoadingOlder: boolean;
}

/** A list that the server gives page by page, newest first. Read anew whenever it is opened. */
export function useAdminPages<T extends { id: string }>(
  key: readonly unknown[],
  read: (
    input: { before: string | null; limit: number },
    options: { signal: AbortSignal },
  ) => Promise<readonly T[]>,
): AdminPages<T> {
  const query = useInfiniteQuery({
    queryKey: [...key, 'pages'],
    queryFn: ({ pageParam, signal }) => read({ before: pageParam, limit: PAGE }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.length < PAGE ? null : (page.at(-1)?.id ?? null)),
    staleTime: 0,
  });
  return {
    data: query.data?.pages.flat(),
    error: query.error,
    refetch: query.refetch,
    older: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    isLoadingOlder: query.isFetchingNextPage,
  };
}
