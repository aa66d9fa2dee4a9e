import type { ProductPack } from '../../shared/desktop/catalogue-views.ts';
import type { PackSize } from '../../shared/desktop/tally-views.ts';

/** What a product is packed in, each size once, the largest first. */
export function packSizes(packs: readonly ProductPack[]): readonly PackSize[] {
  const sizes = new Map<number, PackSize>();
  for (const { packQuantity: quantity, packUnit: unit } of packs) {
    if (quantity > 1 && !sizes.has(quantity)) sizes.set(quantity, { quantity, unit });
  }
  return [...sizes.values()].toSorted((a, b) => b.quantity - a.quantity);
}
