import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordMovementResult } from '../../shared/desktop/stock-views.ts';
import type { MovementKind } from '../../shared/entities/stock-movement.ts';
import { useTRPC } from '../trpc.ts';
import {
  type DraftProblems,
  type MovedGoods,
  draftProblems,
  type MovementDraft,
  lotsAt,
  movementOf,
  type Place,
} from './movement-draft.ts';

export interface RecordedMovement {
  draft: MovementDraft;
  result: RecordMovementResult;
}

interface MovementFormState {
  draft: MovementDraft;
  change: (fields: Partial<MovementDraft>) => void;
  /** Empty until a person tried to record it. */
  problems: DraftProblems;
  /** Shows what must be put right; true if nothing must. */
  check: () => boolean;
  /** False if something must be put right first. */
  record: () => boolean;
  saving: boolean;
  error: unknown;
}

export function useMovementForm({
  kind,
  productId,
  goods,
  place,
  onRecorded,
}: {
  kind: MovementKind;
  productId: string;
  goods: MovedGoods;
  /** Where it happens, if that is known already. */
  place: Place | null;
  onRecorded: (recorded: RecordedMovement) => void;
}): MovementFormState {
  const trpc = useTRPC();
  const mutation = useMutation(trpc.stock.record.mutationOptions());
  const [hasTried, setTried] = useState(false);
  const [draft, setDraft] = useState<MovementDraft>({
    ...fittingLot(kind, goods, place),
    kind,
    from: place,
    to: null,
    quantity: null,
    reason: '',
    cause: null,
    serials: [],
  });
  return {
    draft,
    change: (fields) =>
      setDraft((before) => {
        const isElsewhere = fields.from !== undefined && fields.from?.id !== before.from?.id;
        const lot = isElsewhere ? fittingLot(kind, goods, fields.from ?? null) : {};
        return { ...before, ...lot, ...fields };
      }),
    problems: hasTried ? draftProblems(draft, goods) : {},
    check: () => {
      setTried(true);
      return Object.keys(draftProblems(draft, goods)).length === 0;
    },
    record: () => {
      setTried(true);
      const movement = movementOf(draft, productId, goods);
      if (!movement) return false;
      if (!mutation.isPending) {
        mutation.mutate(movement, { onSuccess: (result) => onRecorded({ draft, result }) });
      }
      return true;
    },
    saving: mutation.isPending,
    error: mutation.error,
  };
}

/** What leaves a place is proposed: of the goods there, those that expire first. */
function fittingLot(
  kind: MovementKind,
  goods: MovedGoods,
  place: Place | null,
): Pick<MovementDraft, 'lot' | 'expiresOn'> {
  const [first] = kind === 'receive' ? [] : lotsAt(goods.stock, place);
  return { lot: first?.lot ?? '', expiresOn: first?.expiresOn ?? null };
}
