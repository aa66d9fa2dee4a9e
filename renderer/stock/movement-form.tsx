import { Autocomplete, Button } from '@mantine/core';
import { type SubmitEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StockView } from '../../shared/desktop/stock-views.ts';
import type { MovementKind } from '../../shared/entities/stock-movement.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { LocationSelect } from './location-select.tsx';
import { MovementPreview } from './movement-preview.tsx';
import { previewOf } from './movement-draft.ts';
import { QuantityField } from './quantity-field.tsx';
import { type RecordedMovement, useMovementForm } from './use-movement-form.ts';
import styles from './stock.module.css';

export interface MovedProduct {
  id: string;
  unit: string;
}

interface MovementFormProps {
  kind: MovementKind;
  product: MovedProduct;
  stock: StockView;
  onRecorded: (recorded: RecordedMovement) => void;
  onCancel: () => void;
}

const REASON_LENGTH_MAX = 500;
const USUAL = {
  receive: ['delivery', 'customerReturn', 'found'],
  issue: ['order', 'production', 'sample'],
  move: ['restocking', 'consolidation'],
  adjust: ['count', 'damaged', 'lost', 'expired', 'found'],
} as const satisfies Record<MovementKind, readonly string[]>;

/** One movement: where, how many, why. Enter records it; what is wrong is said at its field and nothing typed is lost. */
export function MovementForm({ kind, product, stock, onRecorded, onCancel }: MovementFormProps) {
  const { t } = useTranslation();
  const { draft, change, problems, record, saving, error } = useMovementForm({
    kind,
    productId: product.id,
    onRecorded,
  });
  const form = useRef<HTMLFormElement>(null);
  const known = stock.locations.map(({ locationId, ...place }) => ({ id: locationId, ...place }));
  const words = (problem: (typeof problems)[keyof typeof problems]): string | undefined =>
    problem && t(`stock.problem.${problem}`);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (record()) return;
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  const places = { known, unit: product.unit };
  return (
    <form ref={form} className={styles['form']} noValidate onSubmit={submit}>
      <LocationSelect
        {...places}
        label={t(`stock.location.${kind}`)}
        value={draft.from}
        onChange={(from) => change({ from })}
        siteId={null}
        error={words(problems.location)}
        autoFocus
      />
      {kind === 'move' && (
        <LocationSelect
          {...places}
          label={t('stock.toLocation')}
          value={draft.to}
          onChange={(to) => change({ to })}
          // Goods that leave a site are issued there and received at the other.
          siteId={draft.from?.siteId ?? null}
          error={words(problems.toLocation)}
        />
      )}
      <QuantityField
        value={draft.quantity}
        onChange={(quantity) => change({ quantity })}
        unit={product.unit}
        signed={kind === 'adjust'}
        error={words(problems.quantity)}
      />
      <Autocomplete
        size="md"
        label={t(kind === 'adjust' ? 'stock.reason' : 'stock.reasonOptional')}
        error={words(problems.reason)}
        data={USUAL[kind].map((reason) => t(`stock.usual.${reason}`))}
        maxLength={REASON_LENGTH_MAX}
        comboboxProps={{ shadow: 'md', portalProps: { target: '#content' } }}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
      <MovementPreview
        unit={product.unit}
        lines={previewOf(draft, (id) => known.find((one) => one.id === id)?.onHand ?? 0)}
      />
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      <div className={styles['formActions']}>
        <Button type="submit" aria-disabled={saving || undefined}>
          {t(`stock.action.${kind}`)}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('records.cancel')}
        </Button>
      </div>
    </form>
  );
}
