import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type {
  ScanOutcome,
  TallyAssignInput,
  TallyLine,
  TallyTypeInput,
} from '../../shared/desktop/tally-views.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import type { TallyChanges } from './use-tally-changes.ts';
import { withLine } from './with-outcome.ts';

export interface TallyWriter {
  /** Durable when it resolves. Null: the line is gone. */
  type: (input: Omit<TallyTypeInput, 'tallyId'>) => Promise<TallyLine | null>;
  assign: (input: TallyAssignInput) => Promise<ScanOutcome>;
  /** Takes a scan back; it stays as history. */
  voidScan: (entryId: string, reason: string) => Promise<void>;
  place: (locationId: string, role?: 'at' | 'to') => Promise<void>;
  /** Fields say here how to store what they show and have not stored yet. Returns the way to forget it. */
  addTyped: (store: () => Promise<void>) => () => void;
  /** Resolves when everything that was typed is stored. */
  storeTyped: () => Promise<void>;
}

/** What a person does to a tally besides scanning. */
export function useTallyWriter(tallyId: string, changes: TallyChanges): TallyWriter {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const typed = useRef(new Set<() => Promise<void>>());
  const readAgain = (): Promise<void> =>
    queryClient.invalidateQueries(trpc.tally.get.queryFilter({ tallyId }));

  const type = useStableCallback(async (input: Omit<TallyTypeInput, 'tallyId'>) => {
    const line = await client.tally.type.mutate({ ...input, tallyId });
    if (line) changes.add({ tallyId, change: (view) => withLine(view, line) });
    else await readAgain();
    changes.takeNow();
    return line;
  });
  const assign = useStableCallback(async (input: TallyAssignInput) => {
    const outcome = await client.tally.assign.mutate(input);
    await readAgain();
    return outcome;
  });
  const voidScan = useStableCallback(async (entryId: string, reason: string) => {
    await client.tally.void.mutate({ entryId, reason });
    await readAgain();
  });
  const place = useStableCallback(async (locationId: string, role: 'at' | 'to' = 'at') => {
    await client.tally.place.mutate({ tallyId, locationId, role });
    await readAgain();
  });
  const addTyped = useStableCallback((store: () => Promise<void>) => {
    typed.current.add(store);
    return () => {
      typed.current.delete(store);
    };
  });
  const storeTyped = useStableCallback(async () => {
    await Promise.all([...typed.current].map((store) => store()));
  });
  return { type, assign, voidScan, place, addTyped, storeTyped };
}
