import Database from 'better-sqlite3';
import type { PeerProduct } from './product-log.ts';

/** The rows that our own server has after its import, so that every system syncs the same. */
const PRODUCTS = `
  SELECT product.id, sku, product.name, coalesce(brand.name, '') AS brand, coalesce(category.name, '') AS category,
    coalesce((SELECT code FROM barcode WHERE product_id = product.id LIMIT 1), '') AS barcode,
    coalesce(price_minor, 0) AS price_minor, unit, coalesce(min_stock, 0) AS min_stock
  FROM product
  LEFT JOIN brand ON brand.id = brand_id
  LEFT JOIN category ON category.id = category_id
  ORDER BY product.id`;

export function* loadProducts(databaseFile: string): Generator<PeerProduct, void, void> {
  const db = new Database(databaseFile, { readonly: true });
  try {
    yield* db.prepare<[], PeerProduct>(PRODUCTS).iterate();
  } finally {
    db.close();
  }
}
