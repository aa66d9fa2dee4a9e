import { must } from '../../shared/domain/assert.ts';
import { parseMoney } from '../../shared/domain/parse-money.ts';
import {
  ABC_CLASSES,
  product,
  type Product,
  TRACKING_KINDS,
} from '../../shared/entities/product.ts';
import type { LineFields } from './line-fields.ts';
import { maxLength } from './max-length.ts';
import { quoted } from './reject.ts';

/** What a file says about a product itself. A field that it has no column for is not there at all. */
export type ProductFields = Partial<
  Pick<
    Product,
    | 'description'
    | 'unit'
    | 'price_minor'
    | 'currency'
    | 'min_stock'
    | 'reorder_to'
    | 'abc'
    | 'tracking'
    | 'tracks_expiry'
  >
> & { name: string };

const { shape } = product.schema;
const NAME_MAX = maxLength(shape.name);
const DESCRIPTION_MAX = maxLength(shape.description.unwrap());
const UNIT_MAX = maxLength(shape.unit);
const PRICE_MAX = must(shape.price_minor.unwrap().maxValue, 'price limit');
export const QUANTITY_MAX = must(shape.min_stock.unwrap().maxValue, 'quantity limit');

export function readProductFields(values: LineFields, defaultCurrency: string): ProductFields {
  const name = values.text('name', { max: NAME_MAX });
  if (name === null) {
    values.fail({ reason: 'empty_value', field: 'name', sentence: 'The name is empty.' });
  }
  const fields: ProductFields = { name: name ?? '' };
  if (values.has('description')) {
    fields.description = values.text('description', { max: DESCRIPTION_MAX, multiline: true });
  }
  const unit = values.text('unit', { max: UNIT_MAX });
  if (unit !== null) fields.unit = unit;
  if (values.has('price')) Object.assign(fields, readPrice(values, defaultCurrency));
  if (values.has('min_stock')) {
    fields.min_stock = values.integer('min_stock', { min: 0, max: QUANTITY_MAX });
  }
  if (values.has('reorder_to')) {
    fields.reorder_to = values.integer('reorder_to', { min: 0, max: QUANTITY_MAX });
  }
  if (values.has('abc')) fields.abc = values.choice('abc', ABC_CLASSES);
  // There is no product without these two: an empty cell leaves them as they are, as it does the unit.
  const tracking = values.choice('tracking', TRACKING_KINDS);
  if (tracking !== null) fields.tracking = tracking;
  const tracksExpiry = values.boolean('tracks_expiry');
  if (tracksExpiry !== null) fields.tracks_expiry = tracksExpiry;
  return fields;
}

const CURRENCY = /^[A-Z]{3}$/;
const PRICE_CHARACTERS_MAX = 64;

function readPrice(
  values: LineFields,
  defaultCurrency: string,
): Pick<Product, 'price_minor' | 'currency'> {
  const amount = values.text('price', { max: PRICE_CHARACTERS_MAX });
  const currency =
    values.text('currency', { max: PRICE_CHARACTERS_MAX })?.toUpperCase() ?? defaultCurrency;
  if (!CURRENCY.test(currency)) {
    values.fail({
      reason: 'bad_currency',
      sentence: `The currency ${quoted(currency)} is not a code of three letters such as EUR.`,
    });
    return { price_minor: null, currency: null };
  }
  if (amount === null) return { price_minor: null, currency: null };
  const minor = parseMoney(amount, currency);
  if (minor === null || minor > PRICE_MAX) {
    values.fail({
      reason: 'bad_price',
      sentence: `The price ${quoted(amount)} is not an amount in ${currency} such as 12.50, without signs and separators of thousands.`,
    });
  }
  return { price_minor: minor, currency };
}
