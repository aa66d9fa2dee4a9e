import { useQuery } from '@tanstack/react-query';
import type { PhotoContent } from '../../shared/desktop/photo-views.ts';
import { useTRPC } from '../trpc.ts';

/** One that is not here may be fetched later: the network comes back, the laptop that took it sends it. */
const ABSENT_RETRY_MS = 30_000;
/** Photos are large; those that nobody looks at are let go soon and read from the disk again. */
const KEPT_MS = 30_000;

export type PhotoSource = PhotoContent | { kind: 'loading' } | { kind: 'failed'; error: unknown };

/** A photo; fetched when it is not on this laptop. */
export function usePhotoSource(hash: string): PhotoSource {
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.photos.read.queryOptions(
      { hash },
      {
        trpc: { abortOnUnmount: true },
        staleTime: ({ state }) => (state.data?.kind === 'here' ? Number.POSITIVE_INFINITY : 0),
        refetchInterval: ({ state }) => (state.data?.kind === 'absent' ? ABSENT_RETRY_MS : false),
        gcTime: KEPT_MS,
      },
    ),
  );
  if (error) return { kind: 'failed', error };
  return data ?? { kind: 'loading' };
}
