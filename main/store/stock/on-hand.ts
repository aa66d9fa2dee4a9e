import type { CatalogueFilter } from '../../../shared/desktop/catalogue-views.ts';
import type { SiteReader } from '../catalogue/replica-reader.ts';

// Levels and the point that they show come by one statement: then nothing pending is counted twice or left out.
const LEVEL = `SELECT contained_device AS deviceId, contained_number AS number,
    (SELECT sum(quantity) FROM stock_level WHERE product_id = ?) AS level
  FROM replica`;
const LEVELS = `SELECT contained_device AS deviceId, contained_number AS number,
    (SELECT json_group_array(coalesce((SELECT sum(quantity) FROM stock_level WHERE product_id = wanted.value), 0)
      ORDER BY wanted.key) FROM json_each(?) AS wanted) AS levels
  FROM replica`;

/**
 * How much of a product lies in these sites, with what is pending; null if there is no site to look at. For filters, which
 * ask for many products one by one: `refreshStock` must have been called for the request.
 */
export function onHandOf(sites: readonly SiteReader[], productId: string): number | null {
  if (sites.length === 0) return null;
  let sum = 0;
  for (const { db, pending } of sites) {
    const line = db.first<{ deviceId: string | null; number: number; level: number | null }>(
      LEVEL,
      productId,
    );
    if (line) sum += (line.level ?? 0) + pending.sumOf(productId, line);
  }
  return sum;
}

/** The same for a page of products at once. */
export function onHandOfEach(
  sites: readonly SiteReader[],
  productIds: readonly string[],
): (number | null)[] {
  if (sites.length === 0) return productIds.map(() => null);
  const sums = new Map(productIds.map((id) => [id, 0]));
  const add = (id: string, change: number): void => {
    sums.set(id, (sums.get(id) ?? 0) + change);
  };
  for (const { db, pending } of sites) {
    const line = db.first<{ deviceId: string | null; number: number; levels: string }>(
      LEVELS,
      JSON.stringify(productIds),
    );
    if (!line) continue;
    const { deviceId, number } = line;
    const levels = JSON.parse(line.levels) as number[];
    for (const [at, id] of productIds.entries()) add(id, levels[at] ?? 0);
    for (const { productId, change } of pending.changes(productIds, { deviceId, number })) {
      add(productId, change);
    }
  }
  return productIds.map((id) => sums.get(id) ?? 0);
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
