import type { Location } from '../../shared/entities/location.ts';
import type { ChangeSet } from './change-set.ts';
import { levelKey, type StoredProducts } from './stored-products.ts';

export interface LevelTarget {
  productId: string;
  location: Location;
  quantity: number;
}

/** Sets how much of a product lies at a location. Returns whether that is new. */
export function putLevel(
  { productId, location, quantity }: LevelTarget,
  stored: StoredProducts,
  context: { changes: ChangeSet; newId: () => string },
): boolean {
  const key = levelKey(productId, location.id);
  const before = stored.levels.get(key);
  if (before?.quantity === quantity) return false;
  const level = {
    id: before?.id ?? context.newId(),
    site_id: location.site_id,
    product_id: productId,
    location_id: location.id,
    quantity,
    lot: '',
    serial: '',
    expires_on: before?.expires_on ?? null,
  };
  stored.levels.set(key, level);
  if (before === undefined) context.changes.insert('stock_level', level);
  else context.changes.update('stock_level', level);
  return true;
}
