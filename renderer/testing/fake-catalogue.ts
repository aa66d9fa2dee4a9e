import type {
  BrandOption,
  CategoryNode,
  ProductDetail,
  SiteView,
} from '../../shared/desktop/catalogue-views.ts';

/** One generated product with what the views need, before search and paging. */
export interface FakeProduct extends ProductDetail {
  categoryId: string;
  brandId: string;
  searchText: string;
}

export interface FakeCatalogue {
  products: readonly FakeProduct[];
  categories: readonly CategoryNode[];
  brands: readonly BrandOption[];
  sites: readonly SiteView[];
}

const KINDS: readonly (readonly [string, readonly (readonly [string, readonly string[]])[]])[] = [
  [
    'Fasteners',
    [
      ['Screws', ['Wood screw 4×40', 'Hex bolt M8×30', 'Coach screw 6×60', 'Drywall screw 3.5×35']],
      ['Nuts and washers', ['Hex nut M8', 'Wing nut M6', 'Spring washer M10']],
    ],
  ],
  [
    'Tools',
    [
      ['Hand tools', ['Claw hammer 450 g', 'Combination pliers 180 mm', 'Screwdriver PH2']],
      ['Power tools', ['Cordless drill 18 V', 'Angle grinder 125 mm', 'Jigsaw 650 W']],
      ['Measuring', ['Tape measure 5 m', 'Spirit level 60 cm', 'Folding rule 2 m']],
    ],
  ],
  [
    'Packaging',
    [
      ['Boxes', ['Folding box 300×200×150', 'Pallet box 1200×800', 'Book mailer A4']],
      ['Tape and film', ['Packing tape 50 mm clear', 'Stretch film 500 mm, hand roll']],
    ],
  ],
  [
    'Safety',
    [
      ['Gloves', ['Nitrile glove size 9', 'Cut resistant glove level D', 'Winter glove size 10']],
      ['Eye and ear', ['Safety glasses clear', 'Ear defenders 28 dB']],
    ],
  ],
];
const BRANDS =
  'Northline,Kestrel,Havel & Sons,Orsk,Tellus,Brightwell,Marelli,Sorven,Quay,Ibex,Ferrum,Ликон'.split(
    ',',
  );
const FINISHES = ['', ', zinc plated', ', stainless A2', ', black', ', bulk pack', ', left-handed'];
export const LOCATIONS_PER_SITE = 40;

export function fakeId(kind: number, index: number): string {
  return `0190a000-00${kind.toString(16).padStart(2, '0')}-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** EAN-13 with its check digit. */
function eanOf(index: number): string {
  const digits = `400${String(index).padStart(9, '0')}`;
  const sum = Array.from(digits).reduce(
    (total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1),
    0,
  );
  return digits + String((10 - (sum % 10)) % 10);
}

/** The same data every time: everything follows from the index. */
export function createFakeCatalogue(count: number): FakeCatalogue {
  const categories: CategoryNode[] = [];
  const leaves: Leaf[] = [];
  for (const [rootName, children] of KINDS) {
    const rootId = fakeId(1, categories.length);
    categories.push({ id: rootId, parentId: null, name: rootName, products: 0 });
    for (const [name, names] of children) {
      const id = fakeId(1, categories.length);
      categories.push({ id, parentId: rootId, name, products: 0 });
      leaves.push({
        id,
        names,
        path: [
          { id: rootId, name: rootName },
          { id, name },
        ],
      });
    }
  }
  const brands: BrandOption[] = BRANDS.map((name, at) => ({
    id: fakeId(2, at),
    name,
    products: 0,
  }));
  const sites: SiteView[] = [
    { id: fakeId(3, 0), code: 'NORTH', name: 'North Hall', followed: true },
    { id: fakeId(3, 1), code: 'HARBOUR', name: 'Harbour Depot', followed: true },
  ];
  const products = Array.from({ length: count }, (_, index) => {
    const leaf = leaves[index % leaves.length];
    const brand = brands[(Math.imul(index, 2_654_435_761) >>> 8) % brands.length];
    if (!leaf || !brand) throw new Error('the fake catalogue has no words');
    for (const node of categories) {
      if (leaf.path.some(({ id }) => id === node.id)) node.products++;
    }
    brand.products++;
    return makeProduct(index, { leaf, brand, sites });
  });
  products.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.sku.localeCompare(b.sku));
  return { products, categories, brands, sites };
}

interface Leaf {
  id: string;
  path: { id: string; name: string }[];
  names: readonly string[];
}

function makeProduct(
  index: number,
  { leaf, brand, sites }: { leaf: Leaf; brand: BrandOption; sites: readonly SiteView[] },
): FakeProduct {
  const base = leaf.names[Math.floor(index / 9) % leaf.names.length] ?? '';
  const name = base + (FINISHES[Math.floor(index / 36) % FINISHES.length] ?? '');
  const sku = `T-${String(10_000 + index)}`;
  const ean = eanOf(index);
  const stock = sites.flatMap((site, at) => stockAt(index, site, at));
  const onHand = stock.reduce((total, { quantity }) => total + quantity, 0);
  const category = leaf.path.map((part) => part.name).join(' / ');
  return {
    id: fakeId(4, index),
    sku,
    name,
    barcodes: index % 17 === 0 ? [] : [ean],
    category,
    brand: brand.name,
    unit: 'pcs',
    priceMinor: index % 11 === 0 ? null : 120 + ((index * 373) % 24_000),
    currency: index % 11 === 0 ? null : 'EUR',
    minStock: index % 3 === 0 ? 25 : null,
    reorderTo: index % 6 === 0 ? 80 : null,
    archived: index % 97 === 0,
    onHand,
    description:
      index % 4 === 0
        ? null
        : `${name} by ${brand.name}. For indoor and outdoor work, sold by the piece.`,
    categoryPath: leaf.path,
    tracking: trackingOf(index),
    tracksExpiry: trackingOf(index) === 'lot',
    packs:
      index % 17 === 0
        ? []
        : [
            { code: ean, packQuantity: 1, packUnit: null },
            { code: `1${ean}`, packQuantity: 24, packUnit: 'box' },
          ],
    stock,
    categoryId: leaf.id,
    brandId: brand.id,
    searchText: `${name} ${sku} ${ean} ${brand.name} ${category}`.toLocaleLowerCase('en'),
  };
}

/** A few products are told apart, by lot or one by one. */
function trackingOf(index: number): ProductDetail['tracking'] {
  if (index % 29 === 11) return 'lot';
  return index % 29 === 12 ? 'serial' : 'none';
}

/** Each site has the same places, by number. */
export function fakeLocation(index: number): { code: string; name: string | null; zone: string } {
  return {
    code: `${'ABCD'[index % 4] ?? 'A'}-${String(1 + Math.floor(index / 4)).padStart(2, '0')}-${1 + (index % 3)}`,
    name: index % 6 === 0 ? 'Bulk floor' : null,
    zone: index % 4 < 2 ? 'Picking' : 'Reserve',
  };
}

function stockAt(index: number, site: SiteView, at: number): ProductDetail['stock'] {
  if (index % 5 === 0) return [];
  return Array.from({ length: 1 + ((index + at) % 3) }, (_, place) => {
    const { code, name, zone } = fakeLocation((index * 3 + place * 11 + at) % LOCATIONS_PER_SITE);
    return {
      siteCode: site.code,
      siteName: site.name,
      locationCode: code,
      locationName: name,
      zone,
      quantity: (index * 13 + place * 7 + at) % 90,
      pending: 0,
    };
  });
}
