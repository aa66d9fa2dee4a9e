import { ABC_CLASSES, type Product } from '../../shared/entities/product.ts';

/** Up to which share of all products each class goes, dearest turnover first. */
const CLASS_ENDS = [0.15, 0.4, 1] as const;

/** Gives products their class: the more money lies in what is kept of them, the higher. */
export function classesByTurnover(products: readonly Product[]): readonly Product[] {
  const byTurnover = products.toSorted((a, b) => turnoverOf(b) - turnoverOf(a));
  const ranks = new Map(byTurnover.map(({ id }, at) => [id, at / products.length]));
  return products.map((product) => {
    const rank = ranks.get(product.id) ?? 1;
    return { ...product, abc: ABC_CLASSES[CLASS_ENDS.findIndex((end) => rank < end)] ?? null };
  });
}

function turnoverOf({ price_minor: price, min_stock: least }: Product): number {
  return (price ?? 0) * (least ?? 0);
}
