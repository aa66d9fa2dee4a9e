import type { PlaceGoods } from '../../../shared/desktop/overview-views.ts';
import { compareText } from '../../../shared/domain/compare-text.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { GoodsOfProducts } from './goods-of-products.ts';

/** A place that is one shelf holds a few; a yard that is one place may hold many. */
const PRODUCTS_MAX = 1_000;
const HELD = 'SELECT DISTINCT product_id FROM stock_level WHERE location_id = ? LIMIT ?';
const MOVED = 'SELECT DISTINCT product_id FROM operation_stock WHERE location_id = ? LIMIT ?';

/** What lies at a place, by name. */
export function placeGoods(reader: ReplicaReader, locationId: string): PlaceGoods[] {
  const siteId = reader.records.get('location', locationId)?.row['site_id'];
  const [site] = typeof siteId === 'string' ? reader.sitesOf(siteId) : [];
  return site ? goodsAt(reader, site, locationId) : [];
}

function goodsAt(reader: ReplicaReader, site: SiteReader, locationId: string): PlaceGoods[] {
  const held = site.db.column<string>(HELD, locationId, PRODUCTS_MAX);
  const moved = reader.work.column<string>(MOVED, locationId, PRODUCTS_MAX);
  const ids = [...new Set([...held, ...moved])];
  const goods = new GoodsOfProducts(reader, site, ids);
  return ids
    .flatMap((id): PlaceGoods[] => {
      const product = goods.product(id);
      const place = goods.at(id, locationId);
      if (!product || !place || place.lots.length === 0) return [];
      const { onHand, pending, lots } = place;
      return [{ ...product, onHand, pending, lots }];
    })
    .toSorted((a, b) => compareText(a.productName, b.productName));
}
