import type { ProductListItem } from '../../../shared/desktop/catalogue-views.ts';
import { onHandOf } from './on-hand.ts';
import type { ReplicaReader, SiteReader } from './replica-reader.ts';

interface ItemRow {
  id: string;
  sku: string;
  name: string;
  category: string | null;
  brand: string | null;
  unit: string;
  price_minor: number | null;
  currency: string | null;
  min_stock: number | null;
  archived: number;
}

const ITEM = `SELECT p.id, p.sku, p.name, c.name AS category, b.name AS brand, p.unit, p.price_minor, p.currency,
    p.min_stock, p.archived
  FROM product p LEFT JOIN category c ON c.id = p.category_id LEFT JOIN brand b ON b.id = p.brand_id
  WHERE p.local_id = ?`;
const BARCODES = 'SELECT code FROM barcode WHERE product_id = ? ORDER BY pack_quantity, code';

/** Null if the product has gone since its local id was read. */
export function productListItem(
  reader: ReplicaReader,
  localId: number,
  sites: readonly SiteReader[],
): ProductListItem | null {
  const row = reader.catalogue.first<ItemRow>(ITEM, localId);
  if (!row) return null;
  return {
    id: row.id,
    sku: row.sku,
    name: row.name,
    barcodes: reader.catalogue.column<string>(BARCODES, row.id),
    category: row.category,
    brand: row.brand,
    unit: row.unit,
    priceMinor: row.price_minor,
    currency: row.currency,
    minStock: row.min_stock,
    archived: row.archived === 1,
    onHand: onHandOf(sites, row.id),
  };
}
