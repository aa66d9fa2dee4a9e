import { Button } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { MovementView } from '../../shared/desktop/stock-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { RecordBadges } from '../records/record-badges.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { MovementExport } from './movement-export.tsx';
import styles from './stock.module.css';

const FIRST = 20;
const SHOWN_MAX = 500;

interface MovementListProps {
  /** Of one product, or of one location. */
  of: { productId: string } | { locationId: string };
  unit?: string | undefined;
}

/** Movements, newest first, each with what it did, whether it is sent, and the way to take it back. */
export function MovementList({ of, unit }: MovementListProps) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [limit, setLimit] = useState(FIRST);
  const { data, error } = useQuery(
    trpc.stock.movements.queryOptions({ ...of, limit }, { placeholderData: keepPreviousData }),
  );
  const undo = useMutation(trpc.work.undo.mutationOptions());
  if (error) return <ErrorWords error={wireErrorOf(error)} />;
  if (!data) return <p className="quiet">{t('records.loading')}</p>;
  if (data.length === 0) return <p className="quiet">{t('stock.history.empty')}</p>;
  const reversed = new Set(data.map(({ reverses }) => reverses));
  return (
    <>
      {undo.error && <ErrorWords error={wireErrorOf(undo.error)} />}
      <ol className={styles['movements']}>
        {data.map((movement) => (
          <MovementItem
            key={movement.id}
            movement={movement}
            unit={unit}
            showsProduct={'locationId' in of}
            isReversed={reversed.has(movement.id)}
            onUndo={(operationId) => {
              if (!undo.isPending) undo.mutate({ operationId });
            }}
          />
        ))}
      </ol>
      {data.length === limit && limit < SHOWN_MAX && (
        <Button variant="default" onClick={() => setLimit(Math.min(SHOWN_MAX, limit * 5))}>
          {t('records.more')}
        </Button>
      )}
      <MovementExport of={of} />
    </>
  );
}

interface MovementItemProps {
  movement: MovementView;
  unit: string | undefined;
  showsProduct: boolean;
  isReversed: boolean;
  onUndo: (operationId: string) => void;
}

function MovementItem({ movement, unit, showsProduct, isReversed, onUndo }: MovementItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { kind, operationId, reason, reverses } = movement;
  const what = t(`stock.history.${kind}`, {
    from: movement.fromCode ?? '–',
    to: movement.toCode ?? '–',
  });
  return (
    <li data-reversed={isReversed || undefined}>
      <div className={styles['what']}>
        <span>{what}</span>
        {showsProduct && movement.productName !== null && (
          <Link href={`/product/${movement.productId}`}>{movement.productName}</Link>
        )}
        <span className={styles['facts']}>
          <span>{formats.dateTime(movement.movedAt)}</span>
          {reason !== null && <span>{reason}</span>}
          {reverses !== null && <span>{t('stock.history.reverses')}</span>}
          {isReversed && <strong>{t('stock.history.reversed')}</strong>}
        </span>
        <RecordBadges pending={movement.pending} conflict={false} />
      </div>
      <span className={styles['amount']}>
        {kind === 'move' ? formats.number(movement.quantity) : formats.signed(quantityOf(movement))}{' '}
        {unit}
      </span>
      {operationId !== null && reverses === null && !isReversed && (
        <Button
          variant="subtle"
          aria-label={t('stock.history.undo', { what })}
          onClick={() => onUndo(operationId)}
        >
          {t('records.undo')}
        </Button>
      )}
    </li>
  );
}

/** With the sign that it has for the stock; a move has none. */
function quantityOf({ kind, quantity }: MovementView): number {
  return kind === 'issue' ? -quantity : quantity;
}
