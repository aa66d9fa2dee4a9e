import type { ProductDetail } from '../../../shared/desktop/catalogue-views.ts';
import type { TrackingKind } from '../../../shared/entities/product.ts';
import { productStock } from '../stock/product-stock.ts';
import { productListItems } from './product-list-items.ts';
import type { ReplicaReader } from './replica-reader.ts';

/** Deeper trees are cut; it also ends a walk through a circle that a damaged tree may have. */
const CATEGORY_DEPTH_MAX = 32;

const PRODUCT =
  'SELECT local_id, description, category_id, tracking, tracks_expiry FROM product WHERE id = ?';
const PACKS = `SELECT code, pack_quantity AS packQuantity, pack_unit AS packUnit FROM barcode
  WHERE product_id = ? ORDER BY pack_quantity, code`;
const CATEGORY = 'SELECT id, name, parent_id FROM category WHERE id = ?';

/** Everything that is known of a product on this laptop; null if it is not here. */
export function productDetail(reader: ReplicaReader, id: string): ProductDetail | null {
  const row = reader.catalogue.first<{
    local_id: number;
    description: string | null;
    category_id: string | null;
    tracking: TrackingKind;
    tracks_expiry: number;
  }>(PRODUCT, id);
  const item = row && productListItems(reader, [row.local_id], reader.sites)[0];
  if (!row || !item) return null;
  const stock = productStock(reader, id);
  return {
    ...item,
    // Read with the lines, so that it is their sum.
    onHand: reader.sites.length === 0 ? null : stock.reduce((sum, { onHand }) => sum + onHand, 0),
    description: row.description,
    categoryPath: categoryPath(reader, row.category_id),
    tracking: row.tracking,
    tracksExpiry: row.tracks_expiry === 1,
    packs: reader.catalogue.all(PACKS, id),
    stock: stock.map((line) => ({
      siteCode: line.siteCode,
      siteName: line.siteName,
      locationCode: line.code,
      locationName: line.name,
      zone: line.zone,
      quantity: line.onHand,
      pending: line.pending,
    })),
  };
}

/** From the root down. */
function categoryPath(
  reader: ReplicaReader,
  categoryId: string | null,
): { id: string; name: string }[] {
  const path: { id: string; name: string }[] = [];
  for (let at = categoryId; at !== null && path.length < CATEGORY_DEPTH_MAX;) {
    const row = reader.catalogue.first<{ id: string; name: string; parent_id: string | null }>(
      CATEGORY,
      at,
    );
    if (!row) break;
    path.unshift({ id: row.id, name: row.name });
    at = row.parent_id;
  }
  return path;
}
