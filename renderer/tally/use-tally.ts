import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type {
  TallyPosted,
  TallyPostInput,
  TallyStartInput,
  TallyView,
} from '../../shared/desktop/tally-views.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import { useTallyChanges } from './use-tally-changes.ts';
import { type TallyWriter, useTallyWriter } from './use-tally-writer.ts';
import { type TallyScans, useTallyScans } from './use-tally-scans.ts';

export interface TallySession extends TallyWriter, TallyScans {
  tally: TallyView;
  /** Posts what is seen: numbers that are still being typed are stored first. */
  post: (input?: Omit<TallyPostInput, 'tallyId'>) => Promise<TallyPosted>;
  discard: (reason: string | null) => Promise<void>;
}

export interface TallyInUse {
  /** Null while it is being read. */
  session: TallySession | null;
  error: unknown;
}

interface UseTallyOptions {
  /** False while scans shall do something else. */
  takesScans?: boolean | undefined;
}

/**
 * Begins a tally, or goes on with the open one of its kind and subject, and takes the window's scans into it. Null: nothing is
 * begun yet.
 */
export function useTally(
  start: TallyStartInput | null,
  { takesScans = true }: UseTallyOptions = {},
): TallyInUse {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const started = useQuery({
    queryKey: ['tallyStart', start],
    queryFn: async () => {
      if (!start) throw new Error('nothing is to be started');
      const view = await client.tally.start.mutate(start);
      queryClient.setQueryData(trpc.tally.get.queryKey({ tallyId: view.tallyId }), view);
      return view.tallyId;
    },
    enabled: start !== null,
    staleTime: Infinity,
    gcTime: 0,
  });
  const tallyId = started.data ?? '';
  const isStarted = started.data !== undefined;
  const read = useQuery({
    ...trpc.tally.get.queryOptions({ tallyId }),
    enabled: isStarted,
    // Each scan moves all entries by one. Compared place by place, each of them would be another and be drawn again.
    structuralSharing: false,
  });
  const tally = isStarted ? (read.data ?? null) : null;
  const isOpen = tally?.state === 'open';
  const changes = useTallyChanges();
  const scans = useTallyScans({ tallyId, changes, isOn: isOpen && takesScans });
  const writer = useTallyWriter(tallyId, changes);
  useReadAgainLater();

  const readAgain = async (): Promise<void> => {
    await queryClient.invalidateQueries(trpc.tally.pathFilter());
  };
  const post = useStableCallback(async (input: Omit<TallyPostInput, 'tallyId'> = {}) => {
    await writer.storeTyped();
    await scans.allTaken();
    const posted = await client.tally.post.mutate({ ...input, tallyId });
    await readAgain();
    return posted;
  });
  const discard = useStableCallback(async (reason: string | null) => {
    await client.tally.discard.mutate({ tallyId, reason });
    await readAgain();
  });
  const error = started.error ?? read.error;
  return { session: tally && { tally, ...scans, ...writer, post, discard }, error };
}

/** Single scans are told nobody else; whoever leaves the work sees lists that know of them. */
function useReadAgainLater(): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [filters] = useState(() => [trpc.tally.list.pathFilter(), trpc.tally.unknown.pathFilter()]);
  useEffect(
    () => () => {
      for (const filter of filters) void queryClient.invalidateQueries(filter);
    },
    [filters, queryClient],
  );
}
