import type { StockLocationView, StockView } from '../../../shared/desktop/stock-views.ts';
import { compareText } from '../../../shared/domain/compare-text.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { GoodsLedger } from './goods-ledger.ts';

const SITE = 'SELECT code, name FROM site WHERE id = ?';
/** One line at least, so that the point is known where there is no level. */
const LEVELS = `SELECT r.contained_device AS deviceId, r.contained_number AS number, s.location_id AS locationId, s.quantity,
    s.lot, s.serial, s.expires_on AS expiresOn
  FROM replica r LEFT JOIN stock_level s ON s.product_id = ?`;

interface LevelRow extends ContainedPoint {
  /** Null, and with it the rest, where the product has no level. */
  locationId: string | null;
  quantity: number;
  lot: string;
  serial: string;
  expiresOn: number | null;
}

export interface ProductStockLine extends StockLocationView {
  siteName: string;
}

/** Where a product lies, by site and code. A location that has only pending stock is among them. */
export function productStock(reader: ReplicaReader, productId: string): ProductStockLine[] {
  return reader.sites
    .flatMap((site) => siteLines(reader, site, productId))
    .toSorted((a, b) => compareText(a.siteCode, b.siteCode) || compareText(a.code, b.code));
}

export function stockView(reader: ReplicaReader, productId: string): StockView {
  const locations = productStock(reader, productId);
  return {
    onHand: locations.reduce((sum, line) => sum + line.onHand, 0),
    pending: locations.reduce((sum, line) => sum + line.pending, 0),
    locations,
  };
}

/** What a site has of a product, with what is pending. */
export function goodsOf(
  { db, pending }: Pick<SiteReader, 'db' | 'pending'>,
  productId: string,
): GoodsLedger {
  const rows = db.all<LevelRow>(LEVELS, productId);
  const ledger = new GoodsLedger();
  const [point] = rows;
  if (!point) return ledger;
  for (const { locationId, ...level } of rows) {
    if (locationId !== null) ledger.hold(locationId, level);
  }
  const contained = { deviceId: point.deviceId, number: point.number };
  for (const change of pending.changes([productId], contained)) ledger.move(change);
  return ledger;
}

function siteLines(
  reader: ReplicaReader,
  source: SiteReader,
  productId: string,
): ProductStockLine[] {
  const { siteId } = source;
  const ledger = goodsOf(source, productId);
  const site = reader.catalogue.first<{ code: string; name: string }>(SITE, siteId);
  const locations = reader.records.several('location', siteId, ledger.locationIds());
  return ledger.places().map((place) => {
    const location = locations.get(place.locationId)?.row;
    return {
      ...place,
      siteId,
      siteCode: site?.code ?? '',
      siteName: site?.name ?? '',
      code: String(location?.['code'] ?? ''),
      name: textOf(location?.['name']),
      zone: textOf(location?.['zone']),
      blocked: location?.['blocked'] === 1,
    };
  });
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
