import { v7 as uuidv7 } from 'uuid';
import { must } from '../../shared/domain/assert.ts';
import { withCheckDigit } from '../../shared/domain/gtin.ts';
import type { Barcode } from '../../shared/entities/barcode.ts';
import type { Brand } from '../../shared/entities/brand.ts';
import type { Category } from '../../shared/entities/category.ts';
import type { Location } from '../../shared/entities/location.ts';
import type { Product } from '../../shared/entities/product.ts';
import type { Person } from '../../shared/entities/person.ts';
import type { Delivery } from '../../shared/entities/delivery.ts';
import type { DeliveryLine } from '../../shared/entities/delivery-line.ts';
import type { StockCount } from '../../shared/entities/stock-count.ts';
import type { Site } from '../../shared/entities/site.ts';
import type { StockLevel } from '../../shared/entities/stock-level.ts';
import { DEMO_BRANDS } from './demo-brands.ts';
import { DemoRandom } from './demo-random.ts';
import { classesByTurnover } from './classes-by-turnover.ts';
import { makeCounts } from './make-counts.ts';
import { makeDeliveries } from './make-deliveries.ts';
import { makePeople } from './make-people.ts';
import { makeLevels, makeLocations, makeOtherPlaces } from './make-stock.ts';
import { trackLevels } from './track-levels.ts';
import { type DemoProduct, makeProducts } from './make-products.ts';

export interface DemoRows {
  category: readonly Category[];
  brand: readonly Brand[];
  site: readonly Site[];
  product: readonly Product[];
  barcode: readonly Barcode[];
  location: readonly Location[];
  stock_level: readonly StockLevel[];
  person: readonly Person[];
  delivery: readonly Delivery[];
  delivery_line: readonly DeliveryLine[];
  stock_count: readonly StockCount[];
}

const SITES = [
  { code: 'HAM', name: 'Hamburg', place: 'Regal {0}, Fach {1}, Ebene {2}', dock: 'Wareneingang' },
  {
    code: 'BCN',
    name: 'Barcelona',
    place: 'Estantería {0}, hueco {1}, nivel {2}',
    dock: 'Muelle de entrada',
  },
] as const;

/** Ids carry a time; a fixed one, so that the sample has the same ids whenever it is made. */
const MADE_AT = Date.UTC(2025, 0, 1);
/** EAN-13 codes that begin with 2 are never given to anybody: they are for use inside a company. */
const UNIT_CODE_PREFIX = '20';
const PACK_CODE_PREFIX = '21';
const NUMBER_DIGITS = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The whole sample, worked out from the seed and the day alone. What was added to it later is made after what there was, so
 * that the rest keeps its ids.
 */
export function makeDemoRows(seed: number, now: number): DemoRows {
  const random = new DemoRandom(seed);
  const newId = makeIds(random);
  const brand = DEMO_BRANDS.map(({ code, name }): Brand => ({ id: newId(), code, name }));
  const categories = new Map<string, Category>();
  const made = makeProducts(random);
  const product = classesByTurnover(makeCatalogue(made, { brand, categories, newId }));
  const site = SITES.map(({ code, name }): Site => ({ id: newId(), code, name }));
  const racks = site.flatMap((one, at) =>
    makeLocations({ siteId: one.id, nameTemplate: must(SITES[at], 'site').place, newId }),
  );
  const barcode = makeBarcodes(made, product, newId);
  const plain = makeLevels({ products: product, locations: racks, newId }, random);
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const others = site.flatMap((one, at) =>
    makeOtherPlaces({ siteId: one.id, dockName: must(SITES[at], 'site').dock, newId }),
  );
  return {
    category: [...categories.values()],
    brand,
    site,
    product,
    barcode,
    location: [...racks, ...others],
    stock_level: trackLevels({ levels: plain, products: product, today, newId }, random),
    person: makePeople(newId),
    ...makeDeliveries({ sites: site, products: product, brands: brand, today, newId }, random),
    stock_count: makeCounts(site, today, newId),
  };
}

function makeCatalogue(
  made: readonly DemoProduct[],
  to: { brand: readonly Brand[]; categories: Map<string, Category>; newId: () => string },
): readonly Product[] {
  const brandIds = new Map(to.brand.map((brand) => [brand.code, brand.id]));
  return made.map((one): Product => ({
    id: to.newId(),
    sku: one.sku,
    name: one.name,
    description: one.description,
    category_id: categoryOf(one.category, to.categories, to.newId),
    brand_id: must(brandIds.get(one.brand.code), one.brand.code),
    unit: one.unit,
    price_minor: one.priceMinor,
    currency: 'EUR',
    min_stock: one.minStock,
    archived: false,
    tracking: one.tracking,
    tracks_expiry: one.tracksExpiry,
    reorder_to: one.minStock === null ? null : one.minStock * 3,
    abc: null,
  }));
}

/** UUIDv7 from the seed, ascending. */
function makeIds(random: DemoRandom): () => string {
  let sequence = 0;
  return () => uuidv7({ msecs: MADE_AT, seq: sequence++, random: random.bytes(16) });
}

function categoryOf(
  path: readonly string[],
  categories: Map<string, Category>,
  newId: () => string,
): string {
  let parentId: string | null = null;
  for (const [depth, name] of path.entries()) {
    const key = path.slice(0, depth + 1).join('/');
    const category: Category = categories.get(key) ?? {
      id: newId(),
      parent_id: parentId,
      code: null,
      name,
    };
    categories.set(key, category);
    parentId = category.id;
  }
  return must(parentId, 'a category path');
}

function makeBarcodes(
  made: readonly DemoProduct[],
  products: readonly Product[],
  newId: () => string,
): readonly Barcode[] {
  let packs = 0;
  return made.flatMap(({ packs: quantities }, at) => {
    const product_id = must(products[at], 'product').id;
    return [
      {
        id: newId(),
        product_id,
        code: eanOf(UNIT_CODE_PREFIX, at + 1),
        pack_quantity: 1,
        pack_unit: null,
      },
      ...quantities.map((pack_quantity) => ({
        id: newId(),
        product_id,
        code: eanOf(PACK_CODE_PREFIX, ++packs),
        pack_quantity,
        pack_unit: 'box',
      })),
    ];
  });
}

function eanOf(prefix: string, number: number): string {
  return withCheckDigit(prefix + String(number).padStart(NUMBER_DIGITS, '0'));
}
