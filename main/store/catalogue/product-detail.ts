import { compareText } from '../../../shared/domain/compare-text.ts';
import type { ProductDetail } from '../../../shared/desktop/catalogue-views.ts';
import { productListItems } from './product-list-items.ts';
import type { ReplicaReader } from './replica-reader.ts';

/** Deeper trees are cut; it also ends a walk through a circle that a damaged tree may have. */
const CATEGORY_DEPTH_MAX = 32;

const PRODUCT = 'SELECT local_id, description, category_id FROM product WHERE id = ?';
const PACKS = `SELECT code, pack_quantity AS packQuantity FROM barcode
  WHERE product_id = ? ORDER BY pack_quantity, code`;
const CATEGORY = 'SELECT id, name, parent_id FROM category WHERE id = ?';
const SITE = 'SELECT code, name FROM site WHERE id = ?';
const STOCK = `SELECT l.code AS locationCode, l.name AS locationName, l.zone, s.quantity
  FROM stock_level s LEFT JOIN location l ON l.id = s.location_id
  WHERE s.product_id = ? ORDER BY l.code`;

/** Everything that is known of a product on this laptop; null if it is not here. */
export function productDetail(reader: ReplicaReader, id: string): ProductDetail | null {
  const row = reader.catalogue.first<{
    local_id: number;
    description: string | null;
    category_id: string | null;
  }>(PRODUCT, id);
  const item = row && productListItems(reader, [row.local_id], reader.sites)[0];
  if (!row || !item) return null;
  return {
    ...item,
    description: row.description,
    categoryPath: categoryPath(reader, row.category_id),
    packs: reader.catalogue.all(PACKS, id),
    stock: stockOf(reader, id),
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

type StockLine = ProductDetail['stock'][number];

function stockOf(reader: ReplicaReader, productId: string): StockLine[] {
  return reader.sites
    .flatMap(({ siteId, db }) => {
      const site = reader.catalogue.first<{ code: string; name: string }>(SITE, siteId);
      return db
        .all<
          Omit<StockLine, 'siteCode' | 'siteName' | 'locationCode'> & {
            locationCode: string | null;
          }
        >(STOCK, productId)
        .map((line) => ({
          ...line,
          siteCode: site?.code ?? '',
          siteName: site?.name ?? '',
          locationCode: line.locationCode ?? '',
        }));
    })
    .toSorted((a, b) => compareText(a.siteCode, b.siteCode));
}
