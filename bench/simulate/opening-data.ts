import type { ServerStore } from '../../server/store/open-store.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { location } from '../../shared/entities/location.ts';
import { product, type Product } from '../../shared/entities/product.ts';
import { site } from '../../shared/entities/site.ts';
import type { LaptopPlace } from './simulated-laptop.ts';

/** Of one transaction. */
const STEP_ROWS = 5_000;
/** Places of a site, and products that are handled there. */
const LOCATIONS_PER_SITE = 50;
const PRODUCTS_PER_SITE = 500;

export interface OpeningData {
  products: readonly Product[];
  places: readonly LaptopPlace[];
}

/** A catalogue and sites with places, as an organisation has them in the evening before. */
export async function writeOpeningData(
  store: ServerStore,
  { products: count, sites }: { products: number; sites: number },
): Promise<OpeningData> {
  const products = Array.from({ length: count }, (_, at) =>
    product.schema.parse({
      id: store.newId(),
      sku: `SKU-${at}`,
      name: `Hexagon bolt M${at % 24} × ${at % 160}, zinc plated, box ${at}`,
      description: `Bolt with a flange and a serrated face, for rails of type ${at % 97}.`,
      category_id: null,
      brand_id: null,
      unit: 'pcs',
      price_minor: 100 + at,
      currency: 'EUR',
      min_stock: null,
      archived: false,
    }),
  );
  for (let at = 0; at < products.length; at += STEP_ROWS) {
    const step = products.slice(at, at + STEP_ROWS);
    await commitChanges(store, (tx) => tx.insert('product', step));
  }
  const places: LaptopPlace[] = [];
  for (let at = 0; at < sites; at++) places.push(await openSite(store, products, at));
  return { products, places };
}

async function openSite(
  store: ServerStore,
  products: readonly Product[],
  at: number,
): Promise<LaptopPlace> {
  const row = site.schema.parse({ id: store.newId(), code: `S${at}`, name: `Site ${at}` });
  const locations = Array.from({ length: LOCATIONS_PER_SITE }, (_, place) =>
    location.schema.parse({
      id: store.newId(),
      site_id: row.id,
      code: `A-${place}`,
      name: null,
      zone: null,
      capacity: null,
      blocked: false,
      note: null,
    }),
  );
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [row]);
    await tx.insert('location', locations);
  });
  const from = (at * PRODUCTS_PER_SITE) % Math.max(1, products.length - PRODUCTS_PER_SITE);
  return {
    siteId: row.id,
    locationIds: locations.map(({ id }) => id),
    productIds: products.slice(from, from + PRODUCTS_PER_SITE).map(({ id }) => id),
  };
}
