import type {
  ImportLookUp,
  ImportLookUpInput,
  ImportPlace,
} from '../../../shared/desktop/exchange-views.ts';
import type { StockView } from '../../../shared/desktop/stock-views.ts';
import type { TrackingKind } from '../../../shared/entities/product.ts';
import { breathePaced } from '../breathe.ts';
import { productsByBarcode, productsBySku } from '../catalogue/exact-matches.ts';
import type { ReplicaReader } from '../catalogue/replica-reader.ts';
import { stockView } from '../stock/product-stock.ts';

const PRODUCT = 'SELECT tracking, tracks_expiry AS tracksExpiry FROM product WHERE id = ?';
/** One is found, two are in doubt. */
const PLACES_MAX = 2;

/** Where there are no data yet. */
export const NOTHING_FOUND: ImportLookUp = { product: null, places: [], onHand: 0 };

type Row = ImportLookUpInput['rows'][number];

/** What rows of a file name, found as a scan finds it. In the order of the rows. */
export async function importLookUp(
  reader: ReplicaReader,
  { rows }: ImportLookUpInput,
  signal: AbortSignal,
): Promise<ImportLookUp[]> {
  const pace = breathePaced(signal);
  const stock = new Map<string, StockView>();
  const found: ImportLookUp[] = [];
  for (const row of rows) {
    const product = productOf(reader, row);
    const places = row.location === null ? [] : placesOf(reader, row.siteId, row.location);
    const [place, another] = places;
    let onHand = 0;
    if (product !== null && place !== undefined && another === undefined) {
      const view = stock.get(product.id) ?? stockView(reader, product.id);
      stock.set(product.id, view);
      onHand = onHandOf(view, place.id, row);
    }
    found.push({ product, places, onHand });
    await pace();
  }
  return found;
}

/** A SKU goes before a barcode, and what is offered before what is archived. */
function productOf(reader: ReplicaReader, { sku, barcode }: Row): ImportLookUp['product'] {
  const matches =
    sku !== null
      ? productsBySku(reader, sku)
      : productsByBarcode(reader, barcode ?? '').map(({ product }) => product);
  const match = matches.find(({ archived }) => archived === 0) ?? matches[0];
  if (match === undefined) return null;
  const kept = reader.catalogue.first<{ tracking: TrackingKind; tracksExpiry: number }>(
    PRODUCT,
    match.id,
  );
  return kept && { id: match.id, tracking: kept.tracking, tracksExpiry: kept.tracksExpiry === 1 };
}

function placesOf(reader: ReplicaReader, siteId: string | null, code: string): ImportPlace[] {
  return reader
    .sitesOf(siteId)
    .flatMap((site) => {
      const where = { site_id: site.siteId, code };
      return reader.records.list({ entity: 'location', where, cursor: null, limit: PLACES_MAX })
        .items;
    })
    .slice(0, PLACES_MAX)
    .map(({ id, row }) => ({
      id,
      siteId: String(row['site_id']),
      name: textOf(row['name']),
      zone: textOf(row['zone']),
      capacity: typeof row['capacity'] === 'number' ? row['capacity'] : null,
      blocked: row['blocked'] === 1,
      note: textOf(row['note']),
    }));
}

function onHandOf({ locations }: StockView, placeId: string, { lot, serial }: Row): number {
  const lots = locations.find(({ locationId }) => locationId === placeId)?.lots ?? [];
  return lots.find((one) => one.lot === lot && one.serial === serial)?.onHand ?? 0;
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
