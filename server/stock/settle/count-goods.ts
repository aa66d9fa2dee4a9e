import { countLineId, type GoodsKey } from '../../../shared/domain/count-ids.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';

/** Some goods as one count looks at them. */
export interface CountGoods {
  /** Of its line, whether there is one yet or not. */
  lineId: string;
  countId: string;
  goods: GoodsKey;
}

/** Goods in which something took place at an instant. */
export interface GoodsAt {
  goods: GoodsKey;
  instant: number;
}

/** Of a row with these columns: a movement's side, a level, an observation, a line. */
export function goodsOf(row: StoredRow): GoodsKey {
  return {
    product_id: String(row['product_id']),
    location_id: String(row['location_id']),
    lot: String(row['lot'] ?? ''),
    serial: String(row['serial'] ?? ''),
  };
}

export function countGoods(countId: string, goods: GoodsKey): CountGoods {
  return { lineId: countLineId(countId, goods), countId, goods };
}

export function goodsText({ product_id, location_id, lot, serial }: GoodsKey): string {
  return JSON.stringify([product_id, location_id, lot, serial]);
}
