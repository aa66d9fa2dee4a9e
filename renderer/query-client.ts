import { QueryClient } from '@tanstack/react-query';

/** Answers stay this long after the last screen that showed them is gone. */
const UNUSED_KEPT_MS = 5 * 60_000;

/**
 * Everything is read from this laptop, so an answer stays right until an event says otherwise: no refetch on focus, on
 * mount or by age, no retry, and no waiting for a network that is not needed.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: UNUSED_KEPT_MS,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
