import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperationView } from '../../shared/desktop/work-views.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { useTRPC } from '../trpc.ts';
import { useRecordWords } from '../records/use-record-words.ts';

export interface WorkActions {
  undo: (operation: OperationView) => void;
  /** Sends a refused operation again, with what a person put right. */
  retry: (operation: OperationView, fields?: StoredRow) => void;
  discard: (operation: OperationView) => void;
  busy: boolean;
  /** What was done last, in words. */
  done: string | null;
  error: unknown;
}

/** What a person may do with their own work. `onDone` runs when the app has it. */
export function useWorkActions(onDone: () => void): WorkActions {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { one: entityWord } = useRecordWords();
  const [done, setDone] = useState<string | null>(null);
  const undo = useMutation(trpc.work.undo.mutationOptions());
  const retry = useMutation(trpc.work.retry.mutationOptions());
  const discard = useMutation(trpc.work.discard.mutationOptions());
  const busy = undo.isPending || retry.isPending || discard.isPending;

  const begin = (word: 'didUndo' | 'didRetry' | 'didDiscard', operation: OperationView) => {
    for (const one of [undo, retry, discard]) one.reset();
    const title = operation.title ?? entityWord(operation.entity);
    const onSuccess = (): void => {
      setDone(t(`work.${word}`, { title }));
      onDone();
    };
    return { onSuccess };
  };
  return {
    undo: (operation) => {
      if (!busy) undo.mutate({ operationId: operation.operationId }, begin('didUndo', operation));
    },
    retry: (operation, fields = {}) => {
      const { operationId } = operation;
      if (!busy) retry.mutate({ operationId, fields }, begin('didRetry', operation));
    },
    discard: (operation) => {
      const { operationId } = operation;
      if (!busy) discard.mutate({ operationId }, begin('didDiscard', operation));
    },
    busy,
    done,
    error: undo.error ?? retry.error ?? discard.error,
  };
}
