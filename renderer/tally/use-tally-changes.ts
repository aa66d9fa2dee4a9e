import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { TALLY_ENTRIES_SHOWN, type TallyView } from '../../shared/desktop/tally-views.ts';
import { Gathering } from '../gathering.ts';
import { useTRPC } from '../trpc.ts';

/** Fewer than entries are shown, or an answer that came twice would not be known by its entry. */
const GATHERED_MAX = TALLY_ENTRIES_SHOWN / 2;

interface TallyChange {
  tallyId: string;
  change: (view: TallyView) => TallyView;
}

export type TallyChanges = Gathering<TallyChange>;

/** Where answers about tallies go into what is shown of them. */
export function useTallyChanges(): TallyChanges {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [changes] = useState(
    () =>
      new Gathering<TallyChange>({
        take: (taken) => {
          for (const [tallyId, own] of Map.groupBy(taken, (one) => one.tallyId)) {
            // Untagged, because what is inferred from the wire has no readonly lists.
            const key: QueryKey = trpc.tally.get.queryKey({ tallyId });
            queryClient.setQueryData<TallyView>(
              key,
              (view) => view && own.reduce((before, { change }) => change(before), view),
            );
          }
        },
        max: GATHERED_MAX,
        setTimer: (ms, callback) => void setTimeout(callback, ms),
      }),
  );
  return changes;
}
