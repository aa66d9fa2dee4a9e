import type { ExpiringGoods, ExpiringInput } from '../../../shared/desktop/overview-views.ts';
import type { StockLevel } from '../../../shared/entities/stock-level.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { GoodsOfProducts } from './goods-of-products.ts';

const EXPIRING = `SELECT product_id, location_id, lot, serial, expires_on FROM stock_level
  WHERE expires_on <= ? AND quantity > 0 ORDER BY expires_on LIMIT ?`;

type ExpiringLevel = Pick<StockLevel, 'product_id' | 'location_id' | 'lot' | 'serial'> & {
  expires_on: number;
};

/** What is left of goods whose last day comes, the earliest first. What this laptop took away already is not there. */
export function expiringGoods(
  reader: ReplicaReader,
  { siteId, until, limit }: ExpiringInput,
): ExpiringGoods[] {
  return reader
    .sitesOf(siteId)
    .flatMap((site) => expiringAt(reader, site, { until, limit }))
    .toSorted((a, b) => a.expiresOn - b.expiresOn)
    .slice(0, limit);
}

function expiringAt(
  reader: ReplicaReader,
  site: SiteReader,
  { until, limit }: { until: number; limit: number },
): ExpiringGoods[] {
  const levels = site.db.all<ExpiringLevel>(EXPIRING, until, limit);
  const goods = new GoodsOfProducts(reader, site, [
    ...new Set(levels.map((one) => one.product_id)),
  ]);
  const places = reader.records.several('location', site.siteId, [
    ...new Set(levels.map((level) => level.location_id)),
  ]);
  return levels.flatMap((level): ExpiringGoods[] => {
    const product = goods.product(level.product_id);
    const line = goods
      .at(level.product_id, level.location_id)
      ?.lots.find(({ lot, serial }) => lot === level.lot && serial === level.serial);
    if (!product || !line || line.onHand <= 0) return [];
    return [
      {
        ...product,
        siteId: site.siteId,
        locationId: level.location_id,
        locationCode: String(places.get(level.location_id)?.row['code'] ?? ''),
        lot: level.lot,
        serial: level.serial,
        expiresOn: level.expires_on,
        onHand: line.onHand,
      },
    ];
  });
}
