import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordMovementResult } from '../../shared/desktop/stock-views.ts';
import type { MovementKind } from '../../shared/entities/stock-movement.ts';
import { useTRPC } from '../trpc.ts';
import {
  type DraftProblems,
  draftProblems,
  type MovementDraft,
  movementOf,
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
  /** False if something must be put right first. */
  record: () => boolean;
  saving: boolean;
  error: unknown;
}

export function useMovementForm({
  kind,
  productId,
  onRecorded,
}: {
  kind: MovementKind;
  productId: string;
  onRecorded: (recorded: RecordedMovement) => void;
}): MovementFormState {
  const trpc = useTRPC();
  const mutation = useMutation(trpc.stock.record.mutationOptions());
  const [hasTried, setTried] = useState(false);
  const [draft, setDraft] = useState<MovementDraft>({
    kind,
    from: null,
    to: null,
    quantity: null,
    reason: '',
  });
  return {
    draft,
    change: (fields) => setDraft((before) => ({ ...before, ...fields })),
    problems: hasTried ? draftProblems(draft) : {},
    record: () => {
      setTried(true);
      const movement = movementOf(draft, productId);
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
