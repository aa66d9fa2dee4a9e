import { Button, Select } from '@mantine/core';
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
import { GoodsWords } from './goods-words.tsx';
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
  const [personId, setPersonId] = useState<string | null>(null);
  if (error) return <ErrorWords error={wireErrorOf(error)} />;
  if (!data) return <p className="quiet">{t('records.loading')}</p>;
  if (data.length === 0) return <p className="quiet">{t('stock.history.empty')}</p>;
  const people = new Map(data.map((one) => [one.personId, one.personName]));
  const shown = personId === null ? data : data.filter((one) => one.personId === personId);
  const reversed = new Set(data.map(({ reverses }) => reverses));
  return (
    <>
      {undo.error && <ErrorWords error={wireErrorOf(undo.error)} />}
      <PersonFilter
        people={people}
        value={personId}
        onChange={(id) => {
          setPersonId(id);
          // Of one person there are fewer: all that may be shown are looked at.
          if (id !== null) setLimit(SHOWN_MAX);
        }}
      />
      <ol className={styles['movements']}>
        {shown.map((movement) => (
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

interface PersonFilterProps {
  people: ReadonlyMap<string | null, string | null>;
  value: string | null;
  onChange: (personId: string | null) => void;
}

/** Only where several people moved something. */
function PersonFilter({ people, value, onChange }: PersonFilterProps) {
  const { t } = useTranslation();
  const named = [...people].flatMap(([id, name]) =>
    id === null || name === null ? [] : [{ value: id, label: name }],
  );
  if (named.length < 2 && value === null) return null;
  return (
    <Select
      className={styles['person']}
      label={t('stock.history.person')}
      placeholder={t('stock.history.everybody')}
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      data={named}
      value={value}
      onChange={onChange}
    />
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
          {movement.personName !== null && (
            <span>{t('stock.history.by', { name: movement.personName })}</span>
          )}
          <GoodsWords goods={movement} />
          {movement.cause !== null && <span>{t(`stock.cause.${movement.cause}`)}</span>}
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
