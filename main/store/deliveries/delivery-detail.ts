import type { DeliveryLineView, DeliveryView } from '../../../shared/desktop/delivery-views.ts';
import { compareText } from '../../../shared/domain/compare-text.ts';
import type { Product } from '../../../shared/entities/product.ts';
import type { ReplicaReader } from '../catalogue/replica-reader.ts';
import { deliveryLines } from './delivery-lines.ts';
import { deliverySummary } from './delivery-summary.ts';

const PRODUCTS = `SELECT id, name, sku, unit, tracking, tracks_expiry FROM product
  WHERE id IN (SELECT value FROM json_each(?))`;

type ProductRow = Pick<Product, 'id' | 'name' | 'sku' | 'unit' | 'tracking'> & {
  tracks_expiry: number;
};

/** A delivery with its lines, by the names of their products; null if it is not on this laptop. */
export function deliveryDetail(reader: ReplicaReader, id: string): DeliveryView | null {
  const view = reader.records.get('delivery', id);
  const [site] = reader.sitesOf(String(view?.row['site_id']));
  if (!view || !site) return null;
  const lines = deliveryLines(reader, site, id);
  const productIds = [...new Set(lines.map(({ row }) => row.product_id))];
  const products = new Map(
    reader.catalogue
      .all<ProductRow>(PRODUCTS, JSON.stringify(productIds))
      .map((product) => [product.id, product]),
  );
  const items = lines.map(({ row, received, unsent, pending, conflict }): DeliveryLineView => {
    const product = products.get(row.product_id);
    return {
      id: row.id,
      productId: row.product_id,
      productName: product?.name ?? null,
      sku: product?.sku ?? null,
      unit: product?.unit ?? '',
      tracking: product?.tracking ?? 'none',
      tracksExpiry: product?.tracks_expiry === 1,
      expected: row.expected,
      received,
      unsent,
      pending,
      conflict,
    };
  });
  return {
    ...deliverySummary(reader, view, lines),
    items: items.toSorted((a, b) => compareText(a.productName ?? '', b.productName ?? '')),
  };
}
