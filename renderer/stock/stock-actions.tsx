import { Button, Modal } from '@mantine/core';
import {
  IconAdjustments,
  IconArrowsExchange,
  IconPackageExport,
  IconPackageImport,
  type TablerIcon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StockView } from '../../shared/desktop/stock-views.ts';
import { MOVEMENT_KINDS, type MovementKind } from '../../shared/entities/stock-movement.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { type Done, DoneNote } from '../records/done-note.tsx';
import { amountOf } from './movement-draft.ts';
import { type MovedProduct, MovementForm } from './movement-form.tsx';
import type { RecordedMovement } from './use-movement-form.ts';
import styles from './stock.module.css';

const ICONS: Readonly<Record<MovementKind, TablerIcon>> = {
  receive: IconPackageImport,
  issue: IconPackageExport,
  move: IconArrowsExchange,
  adjust: IconAdjustments,
};

interface StockActionsProps {
  product: MovedProduct & { name: string };
  stock: StockView;
}

/** What one can do with the goods, and the confirmation of what was done last. */
export function StockActions({ product, stock }: StockActionsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<MovementKind | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const doneWords = useDoneWords(product);
  return (
    <>
      <div className={styles['actions']}>
        {MOVEMENT_KINDS.map((kind) => {
          const Icon = ICONS[kind];
          return (
            <Button
              key={kind}
              variant="light"
              leftSection={<Icon aria-hidden size={20} />}
              onClick={() => setOpen(kind)}
            >
              {t(`stock.action.${kind}`)}
            </Button>
          );
        })}
      </div>
      <DoneNote done={done} />
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        // A click beside the form must not throw away what was typed.
        closeOnClickOutside={false}
        title={open && t(`stock.title.${open}`)}
        closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
      >
        {open && (
          <>
            <p className={styles['product']}>{product.name}</p>
            <MovementForm
              kind={open}
              product={product}
              stock={stock}
              onCancel={() => setOpen(null)}
              onRecorded={(recorded) => {
                setOpen(null);
                setDone({
                  operationId: recorded.result.operationId,
                  words: doneWords(recorded),
                });
              }}
            />
          </>
        )}
      </Modal>
    </>
  );
}

export function useDoneWords({
  unit,
  tracking,
}: Pick<MovedProduct, 'unit' | 'tracking'>): (recorded: RecordedMovement) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return ({ draft, result }) =>
    t(`stock.done.${draft.kind}`, {
      quantity: `${formats.number(amountOf(draft, tracking) ?? 0)} ${unit}`,
      from: draft.from?.code,
      to: draft.to?.code,
      onHand: `${formats.number(result.onHand)} ${unit}`,
    });
}
