import { Button } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCircleCheck,
  IconEdit,
  IconPackageImport,
  IconPrinter,
  IconTruckDelivery,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { DeliveryView } from '../../shared/desktop/delivery-views.ts';
import { useCommand } from '../commands/use-command.ts';
import { sheetJob } from '../labels/print-sheet.tsx';
import { usePrint } from '../labels/use-print.tsx';
import { useKeptFor } from '../people/use-kept-for.ts';
import type { Done } from '../records/done-note.tsx';
import { useWriteRecords } from '../records/use-write-records.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { CloseShort } from './close-short.tsx';
import { DeliveryPaper } from './delivery-paper.tsx';
import styles from './deliveries.module.css';

interface DeliveryActionsProps {
  delivery: DeliveryView;
  onDone: (done: Done) => void;
}

/** Receive, take further, edit, print. Closing while goods are missing says which, and asks. */
export function DeliveryActions({ delivery, onDone }: DeliveryActionsProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const printing = usePrint();
  const [asksToClose, setAsksToClose] = useState(false);
  const { setState, saving, error } = useDeliveryState(delivery, onDone);
  const { id, code, state, openLines } = delivery;
  const receivePath = `/receive/${id}`;
  const print = (): void => {
    // A failure stays in `error`.
    printing.print(sheetJob(code, <DeliveryPaper delivery={delivery} />)).catch(() => undefined);
  };
  const close = (): void => {
    if (openLines > 0) setAsksToClose(true);
    else void setState('closed');
  };
  useCommand({
    id: 'receiveDelivery',
    words: t('deliveries.receiveOne', { code }),
    Icon: IconPackageImport,
    run: () => navigate(receivePath),
    isEnabled: () => state !== 'closed',
  });
  useCommand({
    id: 'printDelivery',
    words: t('deliveries.print'),
    Icon: IconPrinter,
    run: print,
  });
  return (
    <div className={styles['actions']}>
      {state !== 'closed' && (
        <Button
          component={Link}
          href={receivePath}
          className={styles['link'] ?? ''}
          leftSection={<IconPackageImport aria-hidden size={20} />}
        >
          {t('deliveries.receive')}
        </Button>
      )}
      {state === 'expected' && (
        <Button
          variant="light"
          leftSection={<IconTruckDelivery aria-hidden size={20} />}
          aria-disabled={saving || undefined}
          onClick={() => void setState('arrived')}
        >
          {t('deliveries.markArrived')}
        </Button>
      )}
      {state === 'closed' ? (
        <Button
          variant="light"
          leftSection={<IconArrowBackUp aria-hidden size={20} />}
          aria-disabled={saving || undefined}
          onClick={() => void setState('arrived')}
        >
          {t('deliveries.reopen')}
        </Button>
      ) : (
        <Button
          variant="light"
          leftSection={<IconCircleCheck aria-hidden size={20} />}
          aria-disabled={saving || undefined}
          onClick={close}
        >
          {t('deliveries.close')}
        </Button>
      )}
      {state !== 'closed' && <EditLink id={id} />}
      <Button variant="default" leftSection={<IconPrinter aria-hidden size={20} />} onClick={print}>
        {t('deliveries.print')}
      </Button>
      {(error ?? printing.error) !== null && (
        <ErrorWords error={wireErrorOf(error ?? printing.error)} />
      )}
      {printing.printed}
      <CloseShort
        opened={asksToClose}
        delivery={delivery}
        onCancel={() => setAsksToClose(false)}
        onClose={() => {
          setAsksToClose(false);
          void setState('closed');
        }}
      />
    </div>
  );
}

/** What was ordered is for supervisors to change. */
function EditLink({ id }: { id: string }) {
  const { t } = useTranslation();
  if (useKeptFor('supervisor') !== null) return null;
  return (
    <Button
      component={Link}
      href={`/deliveries/${id}/edit`}
      className={styles['link'] ?? ''}
      variant="default"
      leftSection={<IconEdit aria-hidden size={20} />}
    >
      {t('records.edit')}
    </Button>
  );
}

function useDeliveryState(delivery: DeliveryView, onDone: (done: Done) => void) {
  const { t } = useTranslation();
  const { write, saving, error } = useWriteRecords();
  return {
    saving,
    error,
    setState: async (state: DeliveryView['state']): Promise<void> => {
      if (saving) return;
      const { id, code } = delivery;
      const seen = { state: delivery.state };
      try {
        const { operationId } = await write({
          kind: 'update',
          entity: 'delivery',
          id,
          fields: { state },
          seen,
        });
        onDone({ operationId, words: t(`deliveries.became.${state}`, { code }) });
      } catch {
        // It stays in `error`.
      }
    },
  };
}
