import { must } from '../../shared/domain/assert.ts';
import type { TrackingKind } from '../../shared/entities/product.ts';
import { DEMO_BRANDS, type DemoBrand } from './demo-brands.ts';
import type { DemoRandom } from './demo-random.ts';
import { BEVERAGES } from './families/beverages.ts';
import { CLEANING } from './families/cleaning.ts';
import { ELECTRICAL } from './families/electrical.ts';
import { FASTENERS } from './families/fasteners.ts';
import { GROCERIES } from './families/groceries.ts';
import { PACKAGING } from './families/packaging.ts';
import { SAFETY } from './families/safety.ts';
import { STATIONERY } from './families/stationery.ts';
import { TOOLS } from './families/tools.ts';
import { inLanguages, type ProductFamily, type Variant } from './product-family.ts';

export interface DemoProduct {
  sku: string;
  name: string;
  description: string | null;
  category: readonly string[];
  brand: DemoBrand;
  unit: string;
  priceMinor: number;
  minStock: number | null;
  tracking: TrackingKind;
  tracksExpiry: boolean;
  /** Pieces in each outer pack that has a barcode of its own. */
  packs: readonly number[];
}

const FAMILIES: readonly ProductFamily[] = [
  ...FASTENERS,
  ...TOOLS,
  ...SAFETY,
  ...ELECTRICAL,
  ...CLEANING,
  ...PACKAGING,
  ...BEVERAGES,
  ...GROCERIES,
  ...STATIONERY,
];

const BRANDS = new Map(DEMO_BRANDS.map((brand) => [brand.name, brand]));

const PACK_NOTES = inLanguages(
  'Sold singly and in packs of {0}.',
  'Einzeln und in Packungen zu {0} erhältlich.',
  'Se vende suelto y en paquetes de {0}.',
  'Продаётся поштучно и упаковками по {0}.',
);

/** How many of a product's possible outer packs are really sold. */
const PACK_PROBABILITY = 0.75;
const MIN_STOCK_PROBABILITY = 0.8;
/** What is cheap is kept in larger numbers. */
const MIN_STOCKS: readonly { belowMinor: number; pieces: readonly number[] }[] = [
  { belowMinor: 50, pieces: [200, 500, 1_000] },
  { belowMinor: 500, pieces: [20, 50, 100] },
  { belowMinor: 3_000, pieces: [5, 10, 20] },
  { belowMinor: Number.POSITIVE_INFINITY, pieces: [2, 4, 6] },
];

export function makeProducts(random: DemoRandom): readonly DemoProduct[] {
  return FAMILIES.flatMap((family) =>
    family.brands.flatMap((name) => {
      const brand = must(BRANDS.get(name), `brand ${name}`);
      const dearness = 0.85 + random.fraction() * 0.4;
      return combinations(family.properties).map((variants) =>
        makeProduct({ family, brand, variants, dearness }, random),
      );
    }),
  );
}

interface Recipe {
  family: ProductFamily;
  brand: DemoBrand;
  variants: readonly Variant[];
  dearness: number;
}

function makeProduct(
  { family, brand, variants, dearness }: Recipe,
  random: DemoRandom,
): DemoProduct {
  const priceMinor = variants.reduce((price, { price: factor }) => price * factor, dearness);
  const rounded = Math.max(1, Math.round(priceMinor * family.priceMinor));
  const packs = family.packs.filter(() => random.chance(PACK_PROBABILITY));
  const values = variants.map((variant) => variant.text[brand.language]);
  return {
    sku: [family.prefix, ...variants.map((variant) => variant.code), brand.code].join('-'),
    name: filled(family.names[brand.language], values).replace('{brand}', brand.name),
    description:
      packs.length === 0 ? null : filled(PACK_NOTES[brand.language], [packs.join(' / ')]),
    category: family.category,
    brand,
    unit: family.unit,
    priceMinor: rounded,
    minStock: random.chance(MIN_STOCK_PROBABILITY) ? minStockOf(rounded, random) : null,
    tracking: family.tracking ?? 'none',
    tracksExpiry: family.tracksExpiry ?? false,
    packs,
  };
}

function minStockOf(priceMinor: number, random: DemoRandom): number {
  const step = MIN_STOCKS.find(({ belowMinor }) => priceMinor < belowMinor);
  return random.pick(must(step, 'step').pieces);
}

function filled(template: string, values: readonly string[]): string {
  return values.reduce((text, value, at) => text.replace(`{${at}}`, value), template);
}

function combinations(
  properties: readonly (readonly Variant[])[],
): readonly (readonly Variant[])[] {
  return properties.reduce<readonly (readonly Variant[])[]>(
    (done, variants) => done.flatMap((chosen) => variants.map((variant) => [...chosen, variant])),
    [[]],
  );
}
