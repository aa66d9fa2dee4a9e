import type { PutAwayInput, PutAwayPlace } from '../../../shared/desktop/delivery-views.ts';
import { DOCK_ZONE, type PlaceFacts, rankPlaces } from '../../../shared/domain/rank-places.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import { siteScope } from '../../../shared/sync/scope.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { NOT_CONTAINED } from '../overlay/overlay.ts';
import { stockView } from './product-stock.ts';
import { CONTAINED_POINT } from '../contained-point.ts';

/** A few to choose from; more would be a list to search. */
const PLACES_MAX = 5;
/** Goods of the category that are asked where they lie, and places that are looked at until enough are empty. */
const RELATED_PRODUCTS_MAX = 200;
const RELATED_PLACES_MAX = 40;
const LOOKED_AT_MAX = 2_000;

const RELATED_PRODUCTS = `SELECT id FROM product
  WHERE category_id = (SELECT category_id FROM product WHERE id = ?) LIMIT ?`;
const RELATED_LEVELS = `SELECT location_id AS locationId, sum(quantity) AS quantity FROM stock_level
  WHERE product_id IN (SELECT value FROM json_each(?)) AND quantity > 0 GROUP BY location_id`;
const EMPTY_PLACES = `SELECT id FROM
  (SELECT id, zone FROM location WHERE site_id = ? AND code >= '' AND blocked = 0 ORDER BY code LIMIT ?) near
  WHERE zone IS NOT ? AND NOT EXISTS (SELECT 1 FROM stock_level WHERE location_id = near.id AND quantity > 0)
  LIMIT ?`;
const FILLED = `SELECT location_id AS locationId, sum(quantity) AS quantity FROM stock_level
  WHERE location_id IN (SELECT value FROM json_each(?)) GROUP BY location_id`;
const FILLED_HERE = `SELECT s.location_id AS locationId, sum(s.change) AS quantity
  FROM operation_stock s CROSS JOIN operation o ON o.position = s.position
  WHERE s.location_id IN (SELECT value FROM json_each(:locationIds)) AND s.scope = :scope AND ${NOT_CONTAINED}
  GROUP BY s.location_id`;

interface Sum {
  locationId: string;
  quantity: number;
}

/** A few places of the site where goods should be put, each with the reason; what waits to be sent included. */
export function putAwayPlaces(reader: ReplicaReader, input: PutAwayInput): PutAwayPlace[] {
  const from = reader.records.get('location', input.fromLocationId);
  const [site] = reader.sitesOf(String(from?.row['site_id']));
  if (!site) return [];
  const own = stockView(reader, input.productId).locations.filter(
    ({ siteId }) => siteId === site.siteId,
  );
  const related = relatedPlaces(reader, site, input.productId);
  const empty = site.db.column<string>(
    EMPTY_PLACES,
    site.siteId,
    LOOKED_AT_MAX,
    DOCK_ZONE,
    PLACES_MAX + RELATED_PLACES_MAX,
  );
  const ids = [
    ...new Set([...own.map(({ locationId }) => locationId), ...related.keys(), ...empty]),
  ];
  const filled = filledAt(reader, site, ids);
  const facts = [...reader.records.several('location', site.siteId, ids).values()].map(
    ({ id, row }) => {
      const here = own.find(({ locationId }) => locationId === id);
      const lots = here?.lots.filter(({ lot }) => lot === input.lot) ?? [];
      return {
        ...placeFacts(id, row),
        filled: filled.get(id) ?? 0,
        product: Math.max(0, here?.onHand ?? 0),
        lot: lots.reduce((sum, { onHand }) => sum + onHand, 0),
        category: related.get(id) ?? 0,
      };
    },
  );
  return rankPlaces(facts, { ...input, limit: PLACES_MAX }).map(({ place, reason, room }) => ({
    locationId: place.locationId,
    code: place.code,
    name: place.name,
    zone: place.zone,
    reason,
    onHand: place.product,
    room,
  }));
}

/** Where goods of the same category lie: of the zone with most of them, the places with most first. */
function relatedPlaces(
  reader: ReplicaReader,
  { siteId, db }: SiteReader,
  productId: string,
): Map<string, number> {
  const products = reader.catalogue.column<string>(
    RELATED_PRODUCTS,
    productId,
    RELATED_PRODUCTS_MAX,
  );
  const levels = db
    .all<Sum>(RELATED_LEVELS, JSON.stringify(products))
    .toSorted((a, b) => b.quantity - a.quantity);
  const places = reader.records.several(
    'location',
    siteId,
    levels.map(({ locationId }) => locationId),
  );
  const zoneOf = ({ locationId }: Sum): unknown => places.get(locationId)?.row['zone'] ?? null;
  const zones = new Map<unknown, number>();
  for (const level of levels) {
    const zone = zoneOf(level);
    if (zone !== DOCK_ZONE) zones.set(zone, (zones.get(zone) ?? 0) + level.quantity);
  }
  const [main] = [...zones].toSorted(([, a], [, b]) => b - a);
  const there = levels.filter((level) => main !== undefined && zoneOf(level) === main[0]);
  return new Map(
    there.slice(0, RELATED_PLACES_MAX).map(({ locationId, quantity }) => [locationId, quantity]),
  );
}

/** Of all goods, by place; the replica's levels and point as one, what is pending after. */
function filledAt(
  { work }: ReplicaReader,
  { siteId, db }: SiteReader,
  ids: readonly string[],
): Map<string, number> {
  const locationIds = JSON.stringify(ids);
  const { held, contained } = db.atOnce(() => ({
    held: db.all<Sum>(FILLED, locationIds),
    contained: db.first<ContainedPoint>(CONTAINED_POINT),
  }));
  const sums = new Map(held.map(({ locationId, quantity }) => [locationId, quantity]));
  if (!contained) return sums;
  const pending = { locationIds, scope: siteScope(siteId), ...contained };
  for (const { locationId, quantity } of work.all<Sum>(FILLED_HERE, pending)) {
    sums.set(locationId, (sums.get(locationId) ?? 0) + quantity);
  }
  return sums;
}

function placeFacts(
  locationId: string,
  row: StoredRow,
): Pick<PlaceFacts, 'locationId' | 'code' | 'zone' | 'blocked' | 'capacity'> & {
  name: string | null;
} {
  const text = (column: string): string | null => {
    const value = row[column] ?? null;
    return value === null ? null : String(value);
  };
  return {
    locationId,
    code: String(row['code']),
    name: text('name'),
    zone: text('zone'),
    blocked: row['blocked'] === 1,
    capacity: typeof row['capacity'] === 'number' ? row['capacity'] : null,
  };
}
