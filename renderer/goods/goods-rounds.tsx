import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeliveryView } from '../../shared/desktop/delivery-views.ts';
import { GoodsWork } from './goods-work.tsx';
import type { GoodsKind } from './goods-kinds.ts';
import { type Posted, PostedNote } from './posted-note.tsx';

interface GoodsRoundsProps {
  kind: GoodsKind;
  siteId: string;
  delivery?: DeliveryView | undefined;
}

/** One round after the other: what was posted is confirmed, with the way to take it back, and the next begins at its place. */
export function GoodsRounds({ kind, siteId, delivery }: GoodsRoundsProps) {
  const queryClient = useQueryClient();
  const [round, setRound] = useState(0);
  const [posted, setPosted] = useState<Posted | null>(null);
  const [locationId, setLocationId] = useState<string | null>(null);
  return (
    <>
      <PostedNote key={`note ${round}`} posted={posted} />
      <GoodsWork
        key={round}
        start={{ kind, siteId, subjectId: delivery?.id ?? null, locationId }}
        kind={kind}
        delivery={delivery}
        onPosted={(next, place) => {
          // The tally that was begun is over; the next round begins its own.
          queryClient.removeQueries({ queryKey: ['tallyStart'] });
          setPosted(next);
          setLocationId(place);
          setRound((before) => before + 1);
        }}
      />
    </>
  );
}
