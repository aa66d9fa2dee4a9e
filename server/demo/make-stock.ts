import { must } from '../../shared/domain/assert.ts';
import type { Location } from '../../shared/entities/location.ts';
import type { Product } from '../../shared/entities/product.ts';
import type { StockLevel } from '../../shared/entities/stock-level.ts';
import type { DemoRandom } from './demo-random.ts';

const ZONES = ['A', 'B', 'C', 'D'];
const BAYS = 10;
const SHELVES = 3;

/** Zones of racks, `A-01-1` to `D-10-3`. */
export function makeLocations(options: {
  siteId: string;
  /** Zone, bay and shelf in the language of the site. */
  nameTemplate: string;
  newId: () => string;
}): readonly Location[] {
  const { siteId, nameTemplate, newId } = options;
  return ZONES.flatMap((zone) =>
    Array.from({ length: BAYS * SHELVES }, (_, at): Location => {
      const bay = Math.floor(at / SHELVES) + 1;
      const shelf = (at % SHELVES) + 1;
      return {
        id: newId(),
        site_id: siteId,
        code: `${zone}-${String(bay).padStart(2, '0')}-${shelf}`,
        name: nameTemplate
          .replace('{0}', zone)
          .replace('{1}', String(bay))
          .replace('{2}', String(shelf)),
        zone,
        capacity: null,
        blocked: false,
        note: null,
      };
    }),
  );
}

const DOCK = { code: 'DOCK-1', zone: 'DOCK' };
const RESERVE_ZONE = 'R';
const RESERVE_PLACES = 6;
const RESERVE_CAPACITY = 1_000;

/** The dock where goods arrive, and places of reserve, which are empty. */
export function makeOtherPlaces(options: {
  siteId: string;
  dockName: string;
  newId: () => string;
}): readonly Location[] {
  const { siteId, dockName, newId } = options;
  const shared = { site_id: siteId, blocked: false, note: null };
  return [
    { ...shared, ...DOCK, id: newId(), name: dockName, capacity: null },
    ...Array.from({ length: RESERVE_PLACES }, (_, at) => ({
      ...shared,
      id: newId(),
      code: `${RESERVE_ZONE}-${String(at + 1).padStart(2, '0')}`,
      name: null,
      zone: RESERVE_ZONE,
      capacity: RESERVE_CAPACITY,
    })),
  ];
}

/** A site does not carry everything. */
const CARRIED_PROBABILITY = 0.8;
const SECOND_PLACE_PROBABILITY = 0.25;
const THIRD_PLACE_PROBABILITY = 0.08;
const EMPTY_PROBABILITY = 0.06;
const LOW_PROBABILITY = 0.1;
/** For products that have no least stock of their own. */
const USUAL_STOCK = 12;

/** Most products at one to three locations of each site; some are sold out, some are below their least stock. */
export function makeLevels(
  options: { products: readonly Product[]; locations: readonly Location[]; newId: () => string },
  random: DemoRandom,
): readonly StockLevel[] {
  const { products, locations, newId } = options;
  const sites = Map.groupBy(locations, (location) => location.site_id);
  return [...sites].flatMap(([siteId, places]) =>
    products.flatMap((product, at) => {
      if (!random.chance(CARRIED_PROBABILITY)) return [];
      // Products that follow each other are of one kind, and lie next to each other.
      const home = Math.floor((at / products.length) * places.length);
      return placesFor(places, home, random).map((place): StockLevel => ({
        id: newId(),
        site_id: siteId,
        product_id: product.id,
        location_id: place.id,
        quantity: quantityOf(product, random),
        lot: '',
        serial: '',
        expires_on: null,
      }));
    }),
  );
}

function placesFor(
  places: readonly Location[],
  home: number,
  random: DemoRandom,
): readonly Location[] {
  const chosen = new Set([must(places[home], 'home location')]);
  if (random.chance(SECOND_PLACE_PROBABILITY)) chosen.add(random.pick(places));
  if (random.chance(THIRD_PLACE_PROBABILITY)) chosen.add(random.pick(places));
  return [...chosen];
}

function quantityOf(product: Product, random: DemoRandom): number {
  const least = product.min_stock ?? USUAL_STOCK;
  if (random.chance(EMPTY_PROBABILITY)) return 0;
  if (random.chance(LOW_PROBABILITY)) return random.integer(1, Math.max(1, Math.floor(least / 3)));
  return random.integer(least, least * 6);
}
