import type { Location } from '../../shared/entities/location.ts';
import type { StockLevel } from '../../shared/entities/stock-level.ts';
import type { ChangeSet } from './change-set.ts';
import { levelKey, type StoredProducts } from './stored-products.ts';

export interface LevelTarget {
  productId: string;
  location: Location;
  quantity: number;
  /** Empty where goods have none. */
  lot: string;
  serial: string;
  /** Undefined leaves it. */
  expiresOn: number | null | undefined;
}

/** Sets how much of a product lies at a location. Returns whether that is new. */
export function putLevel(
  { productId, location, quantity, lot, serial, expiresOn }: LevelTarget,
  stored: StoredProducts,
  context: { changes: ChangeSet; newId: () => string },
): boolean {
  const goods = { product_id: productId, location_id: location.id, lot, serial };
  const key = levelKey(goods);
  const before = stored.levels.get(key);
  const level: StockLevel = {
    ...goods,
    id: before?.id ?? context.newId(),
    site_id: location.site_id,
    quantity,
    expires_on: expiresOn === undefined ? (before?.expires_on ?? null) : expiresOn,
  };
  if (before?.quantity === quantity && before.expires_on === level.expires_on) return false;
  stored.levels.set(key, level);
  if (before === undefined) context.changes.insert('stock_level', level);
  else context.changes.update('stock_level', level);
  return true;
}
