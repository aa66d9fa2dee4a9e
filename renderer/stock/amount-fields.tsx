import { packSizes } from '../goods/pack-sizes.ts';
import { LotFields } from './lot-fields.tsx';
import { lotsAt, type MovedGoods, type MovementDraft } from './movement-draft.ts';
import type { MovedProduct } from './movement-form.tsx';
import { QuantityField } from './quantity-field.tsx';
import { SerialFields } from './serial-fields.tsx';

interface AmountFieldsProps {
  draft: MovementDraft;
  goods: MovedGoods;
  product: MovedProduct;
  onChange: (fields: Partial<MovementDraft>) => void;
  errors: Record<'lot' | 'expiry' | 'quantity', string | undefined>;
}

/** Which goods and how many, as the product tells its pieces apart. */
export function AmountFields({ draft, goods, product, onChange, errors }: AmountFieldsProps) {
  const lots = lotsAt(goods.stock, draft.from);
  return (
    <>
      <LotFields draft={draft} goods={goods} lots={lots} onChange={onChange} errors={errors} />
      {product.tracking === 'serial' ? (
        <SerialFields
          draft={draft}
          goods={goods}
          here={lots.map(({ serial }) => serial).filter((serial) => serial !== '')}
          onChange={onChange}
          error={errors.quantity}
        />
      ) : (
        <QuantityField
          value={draft.quantity}
          onChange={(quantity) => onChange({ quantity })}
          unit={product.unit}
          packs={packSizes(product.packs)}
          signed={draft.kind === 'adjust'}
          error={errors.quantity}
        />
      )}
    </>
  );
}
