import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import styles from './records.module.css';

export interface Done {
  /** Null if there is nothing to take back. */
  operationId: string | null;
  words: string;
}

/** Confirms in place what was just done, said aloud too, with the way to take it back. */
export function DoneNote({ done }: { done: Done | null }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const undo = useMutation(trpc.work.undo.mutationOptions());
  const operationId = done?.operationId ?? null;
  const isUndone = undo.isSuccess && undo.variables.operationId === operationId;
  return (
    <div role="status" className={styles['doneRegion']}>
      {done && (
        <div className={styles['done']} data-undone={isUndone || undefined}>
          <IconCheck aria-hidden size={20} />
          <span>
            {done.words} {isUndone && <strong>{t('records.undone')}</strong>}
          </span>
          {operationId !== null && !isUndone && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp aria-hidden size={18} />}
              aria-disabled={undo.isPending || undefined}
              onClick={() => {
                if (!undo.isPending) undo.mutate({ operationId });
              }}
            >
              {t('records.undo')}
            </Button>
          )}
        </div>
      )}
      {undo.error && undo.variables.operationId === operationId && (
        <ErrorWords error={wireErrorOf(undo.error)} />
      )}
    </div>
  );
}
