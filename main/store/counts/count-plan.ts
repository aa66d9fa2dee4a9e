import type { PlaceView } from '../../../shared/desktop/overview-views.ts';
import { foldText } from '../../../shared/domain/fold-text.ts';
import type { StockCount } from '../../../shared/entities/stock-count.ts';
import { breathe } from '../breathe.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { placesOf } from '../overview/place-list.ts';
import { CountProducts } from './count-products.ts';

/** Levels or places read between two breaths: about 5 ms. */
const ROWS_PER_STEP = 2_000;

const NEXT_LEVELS = `SELECT local_id AS localId, location_id AS locationId, product_id AS productId
  FROM stock_level WHERE local_id > ? ORDER BY local_id LIMIT ?`;
const NEXT_FINISHED = `SELECT location_id AS locationId, max(done_at) AS doneAt FROM count_place
  WHERE location_id > ? AND done_at >= ? AND count_id <> ?
  GROUP BY location_id ORDER BY location_id LIMIT ?`;

/** The places that a count is planned for, by code. Worked out once until the data changes. */
export async function plannedPlaces(
  reader: ReplicaReader,
  { site, count }: { site: SiteReader; count: StockCount },
  signal: AbortSignal,
): Promise<readonly PlaceView[]> {
  const { zone, category_id: category, abc, not_since: since } = count;
  const key = JSON.stringify(['count-plan', site.siteId, zone, category, abc, since, count.id]);
  return reader.remember(key, async () => {
    const all = await placesOf(reader, site.siteId, signal);
    const inZone =
      zone === null ? all : all.filter((place) => foldText(place.zone ?? '') === foldText(zone));
    const holding = await placesHolding(reader, { site, count }, signal);
    const finished = since === null ? null : await finishedSince(site, { count, since }, signal);
    return inZone.filter(
      ({ locationId }) =>
        (holding === null || holding.has(locationId)) && finished?.has(locationId) !== true,
    );
  });
}

/** Places at which goods lie that the count looks for; null if it looks for all, and so at empty places too. */
async function placesHolding(
  reader: ReplicaReader,
  { site, count }: { site: SiteReader; count: StockCount },
  signal: AbortSignal,
): Promise<ReadonlySet<string> | null> {
  const products = new CountProducts(reader, count);
  if (products.isWhole) return null;
  const places = new Set<string>();
  for (let after = 0; ;) {
    const levels = site.db.all<{ localId: number; locationId: string; productId: string }>(
      NEXT_LEVELS,
      after,
      ROWS_PER_STEP,
    );
    const known = products.read([...new Set(levels.map(({ productId }) => productId))]);
    for (const { locationId, productId } of levels) {
      const product = known.get(productId);
      if (product && products.includes(product)) places.add(locationId);
    }
    const last = levels.at(-1);
    if (!last || levels.length < ROWS_PER_STEP) return places;
    after = last.localId;
    await breathe(signal);
  }
}

async function finishedSince(
  { db }: SiteReader,
  { count, since }: { count: StockCount; since: number },
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const places = new Set<string>();
  for (let after = ''; ;) {
    const rows = db.all<{ locationId: string }>(
      NEXT_FINISHED,
      after,
      since,
      count.id,
      ROWS_PER_STEP,
    );
    for (const { locationId } of rows) places.add(locationId);
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_STEP) return places;
    after = last.locationId;
    await breathe(signal);
  }
}
