export type StockState = 'good' | 'low' | 'out' | 'unknown';

export function stockStateOf(product: {
  onHand: number | null;
  minStock: number | null;
}): StockState {
  if (product.onHand === null) return 'unknown';
  if (product.onHand <= 0) return 'out';
  return product.minStock !== null && product.onHand < product.minStock ? 'low' : 'good';
}
