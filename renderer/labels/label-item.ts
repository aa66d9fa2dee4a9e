import { z } from 'zod';
import type { LocationView } from '../../shared/desktop/stock-views.ts';
import { LOCATION_PREFIX } from '../../shared/scan/location-label.ts';
import type { LabelContent } from './compose-label.ts';

/** A place as its label shows it. */
const labelPlaceField = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string().nullable(),
  zone: z.string().nullable(),
  siteCode: z.string(),
});
export type LabelPlace = z.output<typeof labelPlaceField>;

/** What another screen asks labels for, in the history's state: it may be one that an older version left there. */
export const labelRequestField = z.object({
  productIds: z.array(z.uuid()).default([]),
  places: z.array(labelPlaceField).default([]),
  template: z.enum(['product', 'slot']).default('product'),
});
export type LabelRequest = z.output<typeof labelRequestField>;

export interface ProductPack {
  code: string;
  packQuantity: number;
}

export interface ProductItem {
  kind: 'product';
  id: string;
  name: string;
  sku: string;
  unit: string;
  priceMinor: number | null;
  currency: string | null;
  packs: readonly ProductPack[];
  /** Whose barcode is printed; null: the SKU as one, which a scan finds too. */
  pack: ProductPack | null;
  /** Where it belongs, also while there is none. */
  home: Pick<LabelPlace, 'id' | 'code' | 'siteCode'> | null;
}

export interface PlaceItem extends LabelPlace {
  kind: 'place';
}

export type LabelItem = ProductItem | PlaceItem;

/** What a product's label is for: the goods, or the place that is empty when there are none. */
export type ProductTemplate = 'product' | 'slot';

/** How numbers and packs are said in the reader's language. */
export interface LabelWords {
  money: (minor: number, currency: string) => string;
  pack: (quantity: number, unit: string) => string;
  zone: (zone: string) => string;
}

export function labelPlaceOf({ id, code, name, zone, siteCode }: LocationView): LabelPlace {
  return { id, code, name, zone, siteCode };
}

/** What stands on the label of an item. */
export function labelContent(
  item: LabelItem,
  template: ProductTemplate,
  words: LabelWords,
): LabelContent {
  if (item.kind === 'place') {
    return {
      huge: item.code,
      name: item.name ?? '',
      left: item.zone === null ? '' : words.zone(item.zone),
      right: item.siteCode,
      code: LOCATION_PREFIX + item.code,
      readable: '',
    };
  }
  const { pack, sku, unit, priceMinor, currency, home } = item;
  const packWords = pack && pack.packQuantity > 1 ? words.pack(pack.packQuantity, unit) : unit;
  const price = priceMinor === null || currency === null ? '' : words.money(priceMinor, currency);
  const code = pack?.code ?? sku;
  return {
    huge: template === 'slot' ? (home?.code ?? '') : '',
    name: item.name,
    left: `${sku} · ${packWords}`,
    // A shelf says where and what; what it costs is said on the goods.
    right: template === 'slot' ? '' : price,
    code,
    readable: code,
  };
}
