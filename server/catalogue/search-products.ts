import { z } from 'zod';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import { type Product, product } from '../../shared/entities/product.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { sortKeyOf } from '../../shared/domain/fold-text.ts';
import { pageLimitField } from './name-page.ts';
import { rowFrom } from './row-from.ts';

export const productSearchInput = z.strictObject({
  text: z.string().trim().normalize('NFC').min(1).max(200),
  limit: pageLimitField,
});
type ProductSearchInput = z.output<typeof productSearchInput>;

/** Greater than every text that begins with the same characters, in the byte order that the indexes have. */
const LAST_CHARACTER = '\u{10ffff}';

/**
 * A barcode exactly, then a SKU by its beginning, then a name by its beginning: each by an index, so it costs the same
 * for a thousand products and for a million. The rich search is on the laptop.
 */
export async function searchProducts(
  db: Kysely<ServerDatabase>,
  { text, limit }: ProductSearchInput,
): Promise<{ rows: Product[] }> {
  const name = sortKeyOf(text);
  const all = db.selectFrom('product').selectAll('product').limit(limit);
  const ways: SelectQueryBuilder<ServerDatabase, 'product', { id: string }>[] = [
    all.where('product.id', 'in', (inner) =>
      inner.selectFrom('barcode').select('product_id').where('code', '=', text),
    ),
    all
      .where('sku', '>=', text)
      .where('sku', '<', text + LAST_CHARACTER)
      .orderBy('sku'),
    // Keys are cut, so a longer text finds every name with the same beginning.
    all
      .where('sort_key', '>=', name)
      .where('sort_key', '<', name + LAST_CHARACTER)
      .orderBy('sort_key')
      .orderBy('id'),
  ];
  const found = new Map<string, Product>();
  for (const way of ways) {
    for (const stored of await way.execute()) {
      if (found.size < limit && !found.has(stored.id)) {
        found.set(stored.id, rowFrom<Product>(product, stored));
      }
    }
  }
  return { rows: [...found.values()] };
}
