import type { CatalogueFilter } from '../../../shared/desktop/catalogue-views.ts';
import type { SiteReader } from './replica-reader.ts';

const SUM = 'SELECT sum(quantity) FROM stock_level WHERE product_id = ?';

/** How much of a product lies in these sites; null if there is no site to look at. */
export function onHandOf(sites: readonly SiteReader[], productId: string): number | null {
  if (sites.length === 0) return null;
  return sites.reduce((sum, { db }) => sum + (db.value<number>(SUM, productId) ?? 0), 0);
}

const SUM_OF_EACH = `SELECT coalesce((SELECT sum(quantity) FROM stock_level WHERE product_id = wanted.value), 0)
  FROM json_each(?) AS wanted ORDER BY wanted.key`;

/** The same for many products at once. */
export function onHandOfEach(
  sites: readonly SiteReader[],
  productIds: readonly string[],
): (number | null)[] {
  const ids = JSON.stringify(productIds);
  const bySite = sites.map(({ db }) => db.column<number>(SUM_OF_EACH, ids));
  return productIds.map((_, at) =>
    sites.length === 0 ? null : bySite.reduce((sum, sums) => sum + (sums[at] ?? 0), 0),
  );
}

/** Where stock is not known, a product is neither in stock nor out of it. */
export function stockPasses(
  stock: Exclude<CatalogueFilter['stock'], 'any'>,
  sites: readonly SiteReader[],
  { id, min_stock: minStock }: { id: string; min_stock: number | null },
): boolean {
  // Most products have no minimum, and then there is nothing to sum.
  if (stock === 'low' && (minStock === null || minStock <= 0)) return false;
  const onHand = onHandOf(sites, id);
  if (onHand === null) return false;
  switch (stock) {
    case 'inStock':
      return onHand > 0;
    case 'outOfStock':
      return onHand <= 0;
    case 'low':
      return onHand < (minStock ?? 0);
  }
}
