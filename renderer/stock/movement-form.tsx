import { Autocomplete, Button } from '@mantine/core';
import { type SubmitEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductPack } from '../../shared/desktop/catalogue-views.ts';
import type { StockView } from '../../shared/desktop/stock-views.ts';
import type { TrackingKind } from '../../shared/entities/product.ts';
import type { MovementKind } from '../../shared/entities/stock-movement.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { AmountFields } from './amount-fields.tsx';
import { CauseSelect } from './cause-select.tsx';
import { LocationSelect } from './location-select.tsx';
import { MovementPreview } from './movement-preview.tsx';
import { amountOf, type Place, previewOf } from './movement-draft.ts';
import { type RecordedMovement, useMovementForm } from './use-movement-form.ts';
import styles from './stock.module.css';

export interface MovedProduct {
  id: string;
  unit: string;
  tracking: TrackingKind;
  tracksExpiry: boolean;
  packs: readonly ProductPack[];
}

interface MovementFormProps {
  kind: MovementKind;
  product: MovedProduct;
  stock: StockView;
  /** Where it happens, if that was chosen before. */
  place?: Place | undefined;
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
export function MovementForm(props: MovementFormProps) {
  const { kind, product, stock, place, onRecorded, onCancel } = props;
  const goods = { tracking: product.tracking, tracksExpiry: product.tracksExpiry, stock };
  const { t } = useTranslation();
  const { draft, change, problems, record, saving, error } = useMovementForm({
    kind,
    productId: product.id,
    goods,
    place: place ?? null,
    onRecorded,
  });
  const form = useRef<HTMLFormElement>(null);
  const known = stock.locations.map(({ locationId, ...one }) => ({ id: locationId, ...one }));
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
  const amount = amountOf(draft, product.tracking);
  return (
    <form ref={form} className={styles['form']} noValidate onSubmit={submit}>
      {!place && (
        <LocationSelect
          {...places}
          label={t(`stock.location.${kind}`)}
          value={draft.from}
          onChange={(from) => change({ from })}
          siteId={null}
          error={words(problems.location)}
          autoFocus
        />
      )}
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
      <AmountFields
        draft={draft}
        goods={goods}
        product={product}
        onChange={change}
        errors={{
          lot: words(problems.lot),
          expiry: words(problems.expiry),
          quantity: words(problems.quantity),
        }}
      />
      {(kind === 'adjust' || kind === 'issue') && (
        <CauseSelect value={draft.cause} onChange={(cause) => change({ cause })} />
      )}
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
        lines={previewOf(
          { ...draft, quantity: amount },
          (id) => known.find((one) => one.id === id)?.onHand ?? 0,
        )}
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
