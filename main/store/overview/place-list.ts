import type {
  PlacesInput,
  PlacesPage,
  PlaceView,
  ZoneView,
} from '../../../shared/desktop/overview-views.ts';
import { compareText } from '../../../shared/domain/compare-text.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { breathe } from '../breathe.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { GoodsOfProducts } from './goods-of-products.ts';

/** Places, or sums of levels, read between two breaths: about 5 ms. */
const ROWS_PER_STEP = 2_000;
/** Products with pending movements whose levels are read between two breaths. */
const PRODUCTS_PER_STEP = 200;

const NEXT_PLACES = `SELECT id, code FROM location
  WHERE site_id = ? AND code >= ? AND (code, id) > (?, ?) ORDER BY code, id LIMIT ?`;
const NEXT_SUMS = `SELECT location_id AS locationId, count(DISTINCT product_id) AS products,
    sum(quantity) AS pieces, min(CASE WHEN quantity > 0 THEN expires_on END) AS expiresOn
  FROM stock_level WHERE quantity <> 0 AND location_id > ?
  GROUP BY location_id ORDER BY location_id LIMIT ?`;

interface Sum {
  products: number;
  pieces: number;
  expiresOn: number | null;
}

const NOTHING: Sum = { products: 0, pieces: 0, expiresOn: null };

/** The zones of a site with what lies in them, by name. */
export async function zoneList(
  reader: ReplicaReader,
  siteId: string,
  signal: AbortSignal,
): Promise<ZoneView[]> {
  const places = await placesOf(reader, siteId, signal);
  return [...Map.groupBy(places, ({ zone }) => zone)]
    .map(([zone, own]) => ({
      zone,
      places: own.length,
      occupied: own.filter(({ products }) => products > 0).length,
      pieces: own.reduce((sum, { pieces }) => sum + pieces, 0),
    }))
    .toSorted((a, b) => compareText(a.zone ?? '', b.zone ?? ''));
}

/** Places of a zone with what lies there, pending included, by code. */
export async function placeList(
  reader: ReplicaReader,
  { siteId, zone, offset, limit }: PlacesInput,
  signal: AbortSignal,
): Promise<PlacesPage> {
  const places = (await placesOf(reader, siteId, signal)).filter((place) => place.zone === zone);
  return { items: places.slice(offset, offset + limit), total: places.length };
}

/** Kept until goods are moved: zones and their places are looked at one after the other. */
export async function placesOf(
  reader: ReplicaReader,
  siteId: string,
  signal: AbortSignal,
): Promise<readonly PlaceView[]> {
  const [site] = reader.sitesOf(siteId);
  if (!site) return [];
  return reader.remember(`places:${siteId}`, () => readPlaces(reader, site, signal), {
    withStock: true,
  });
}

async function readPlaces(
  reader: ReplicaReader,
  site: SiteReader,
  signal: AbortSignal,
): Promise<PlaceView[]> {
  const sums = await heldSums(site, signal);
  await addPending(reader, { site, sums }, signal);
  const places: PlaceView[] = [];
  let last = { code: '', id: '' };
  for (;;) {
    const { siteId } = site;
    const rows = site.db.all<typeof last>(
      NEXT_PLACES,
      siteId,
      last.code,
      last.code,
      last.id,
      ROWS_PER_STEP,
    );
    const views = reader.records.several(
      'location',
      siteId,
      rows.map(({ id }) => id),
    );
    for (const [id, { row }] of views) places.push(placeView(id, row, sums.get(id) ?? NOTHING));
    const [end] = rows.slice(-1);
    if (!end || rows.length < ROWS_PER_STEP) break;
    last = end;
    await breathe(signal);
  }
  const known = new Set(places.map(({ locationId }) => locationId));
  // Places that were made here, and no server knows yet.
  for (const { id, row } of reader.records.changed('location', site.siteId)) {
    if (!known.has(id)) places.push(placeView(id, row, sums.get(id) ?? NOTHING));
  }
  return places.toSorted((a, b) => compareText(a.code, b.code));
}

async function heldSums({ db }: SiteReader, signal: AbortSignal): Promise<Map<string, Sum>> {
  const sums = new Map<string, Sum>();
  let after = '';
  for (;;) {
    const rows = db.all<Sum & { locationId: string }>(NEXT_SUMS, after, ROWS_PER_STEP);
    for (const { locationId, ...sum } of rows) sums.set(locationId, sum);
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_STEP) return sums;
    after = last.locationId;
    await breathe(signal);
  }
}

/** Of the few products that this laptop moved, the levels of before give way to those of now. */
async function addPending(
  reader: ReplicaReader,
  { site, sums }: { site: SiteReader; sums: Map<string, Sum> },
  signal: AbortSignal,
): Promise<void> {
  const { products } = site.pending;
  for (let at = 0; at < products.length; at += PRODUCTS_PER_STEP) {
    const some = products.slice(at, at + PRODUCTS_PER_STEP);
    const goods = new GoodsOfProducts(reader, site, some);
    for (const place of goods.all()) {
      const sum = sums.get(place.locationId) ?? NOTHING;
      const before = place.onHand - place.pending;
      const isNew = before === 0 && place.onHand !== 0;
      const isGone = before !== 0 && place.onHand === 0;
      sums.set(place.locationId, {
        products: sum.products + (isNew ? 1 : 0) - (isGone ? 1 : 0),
        pieces: sum.pieces + place.pending,
        expiresOn: sum.expiresOn,
      });
    }
    await breathe(signal);
  }
}

function placeView(locationId: string, row: StoredRow, sum: Sum): PlaceView {
  const text = (value: StoredRow[string] | undefined): string | null =>
    value === null || value === undefined ? null : String(value);
  return {
    locationId,
    code: String(row['code']),
    name: text(row['name']),
    zone: text(row['zone']),
    blocked: row['blocked'] === 1,
    capacity: typeof row['capacity'] === 'number' ? row['capacity'] : null,
    ...sum,
  };
}
