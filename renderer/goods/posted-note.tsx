import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPCClient } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import recordStyles from '../records/records.module.css';

export interface Posted {
  words: string;
  operationIds: readonly string[];
}

/** Confirms what a round posted. Taking it back records counter-entries, the last first; nothing is ever deleted. */
export function PostedNote({ posted }: { posted: Posted | null }) {
  const { t } = useTranslation();
  const client = useTRPCClient();
  const undo = useMutation({
    mutationFn: async (operationIds: readonly string[]) => {
      for (const operationId of operationIds.toReversed()) {
        await client.work.undo.mutate({ operationId });
      }
    },
  });
  return (
    <div role="status" className={recordStyles['doneRegion']}>
      {posted && (
        <div className={recordStyles['done']} data-undone={undo.isSuccess || undefined}>
          <IconCheck aria-hidden size={20} />
          <span>
            {posted.words} {undo.isSuccess && <strong>{t('records.undone')}</strong>}
          </span>
          {!undo.isSuccess && posted.operationIds.length > 0 && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp aria-hidden size={18} />}
              aria-disabled={undo.isPending || undefined}
              onClick={() => {
                if (!undo.isPending) undo.mutate(posted.operationIds);
              }}
            >
              {t('records.undo')}
            </Button>
          )}
        </div>
      )}
      {undo.error && <ErrorWords error={wireErrorOf(undo.error)} />}
    </div>
  );
}
