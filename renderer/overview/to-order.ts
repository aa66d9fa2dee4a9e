import type { ProductListItem } from '../../shared/desktop/catalogue-views.ts';

/** How much brings the stock up to where it should be: to what an order fills up to, or else to the least. */
export function toOrder({
  onHand,
  minStock,
  reorderTo,
}: Pick<ProductListItem, 'onHand' | 'minStock' | 'reorderTo'>): number {
  return Math.max(0, (reorderTo ?? minStock ?? 0) - (onHand ?? 0));
}
