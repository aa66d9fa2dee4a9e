import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsOf } from '../../../shared/domain/fold-text.ts';
import {
  allPages,
  allWindows,
  count,
  type TestRequest,
  type TestStock,
  useCatalogueReads,
} from '../../../tests/support/catalogue-reads.ts';
import { type TestProduct, testId } from '../../../tests/support/replica-fixture.ts';

/**
 * Random catalogues, stock, texts and filters against an oracle that looks at every product. All pages together must be
 * all matches, each once, and the count must agree. fast-check prints the seed of a failure.
 */
const readsOf = useCatalogueReads();

const WORDS = ['bolt', 'bold', 'болт', 'm8x40', 'zinc', 'zink', '螺丝', 'a'];
const wordList = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 });

const someProducts = fc
  .array(
    fc.record({
      name: wordList.map((words) => words.join(' ')),
      category: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      brand: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
      minStock: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
      archived: fc.boolean(),
    }),
    { minLength: 1, maxLength: 260, size: 'max' },
  )
  .map((products) => products.map((product, number): TestProduct => ({ ...product, number })));

const someStock = fc.uniqueArray(fc.tuple(fc.nat(259), fc.integer({ min: -2, max: 5 })), {
  maxLength: 150,
  size: 'max',
});

/** Category 2 is below 1, 3 is below 2; 4 is alone. */
const CATEGORIES = [
  { number: 1, name: 'alpha' },
  { number: 2, name: 'beta', parent: 1 },
  { number: 3, name: 'gamma', parent: 2 },
  { number: 4, name: 'delta' },
];
const BELOW: Readonly<Record<number, readonly number[]>> = {
  1: [1, 2, 3],
  2: [2, 3],
  3: [3],
  4: [4],
};
const BRANDS = [
  { number: 1, name: 'Meadow' },
  { number: 2, name: 'Alpine' },
];

interface FilterNumbers {
  category: number | null;
  brand: number | null;
  site: number | null;
  stock: 'any' | 'inStock' | 'outOfStock' | 'low';
  archived: boolean;
}

const someFilter: fc.Arbitrary<FilterNumbers> = fc.record({
  category: fc.option(fc.integer({ min: 1, max: 4 })),
  brand: fc.option(fc.integer({ min: 1, max: 2 })),
  site: fc.option(fc.integer({ min: 1, max: 2 })),
  stock: fc.constantFrom('any', 'inStock', 'outOfStock', 'low'),
  archived: fc.boolean(),
});

/** Says by looking at every product what a search must find. */
function expected(
  products: readonly TestProduct[],
  sites: readonly TestStock[],
  text: string,
  filter: FilterNumbers,
): number[] {
  const texts = (product: TestProduct): string[] => [
    ...wordsOf(product.name),
    `s${product.number}`,
    String(product.number),
    ...wordsOf(CATEGORIES.find(({ number }) => number === product.category)?.name ?? ''),
    ...wordsOf(BRANDS.find(({ number }) => number === product.brand)?.name ?? ''),
  ];
  return products
    .filter((product) =>
      wordsOf(text).every((word) =>
        texts(product).some(
          (one) =>
            one.startsWith(word) ||
            (/[螺丝]/.test(word) && one.includes(word)) ||
            // The size within a word.
            (one === 'm8x40' && '8x40'.startsWith(word) && word.startsWith('8x4')),
        ),
      ),
    )
    .filter((product) => filter.archived || !product.archived)
    .filter((product) => filter.brand === null || product.brand === filter.brand)
    .filter(
      (product) =>
        filter.category === null || BELOW[filter.category]!.includes(product.category ?? 0),
    )
    .filter((product) => {
      const onHand = sites
        .filter((_, at) => filter.site === null || filter.site === at + 1)
        .flatMap((stock) => stock.filter(([number]) => number === product.number))
        .reduce((sum, [, quantity]) => sum + quantity, 0);
      if (filter.stock === 'inStock') return onHand > 0;
      if (filter.stock === 'outOfStock') return onHand <= 0;
      const minimum = product.minStock ?? 0;
      return filter.stock !== 'low' || (minimum > 0 && onHand < minimum);
    })
    .map(({ number }) => number)
    .toSorted((a, b) => a - b);
}

const someText = fc.oneof(
  fc.constant(''),
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...WORDS.filter((word) => word !== 'm8x40')),
        fc.integer({ min: 1, max: 5 }),
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((parts) => parts.map(([word, length]) => word.slice(0, length)).join(' ')),
  fc.constantFrom('8x4', 'm8', 'meadow bo', 'gam', 's1'),
);

test('pages, parts by position and counts are what looking at every product gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      someProducts,
      fc.tuple(someStock, someStock),
      fc.array(fc.tuple(someText, someFilter), { minLength: 10, maxLength: 10 }),
      fc.integer({ min: 1, max: 9 }),
      async (products, sites, requests, limit) => {
        const reads = await readsOf({ categories: CATEGORIES, brands: BRANDS, products }, sites);
        for (const [text, filter] of requests) {
          const request: TestRequest = {
            text,
            limit,
            filter: {
              categoryId: filter.category === null ? null : testId('category', filter.category),
              brandId: filter.brand === null ? null : testId('brand', filter.brand),
              siteId: filter.site === null ? null : testId('site', filter.site),
              stock: filter.stock,
              archived: filter.archived,
            },
          };
          const wanted = expected(products, sites, text, filter);
          const items = await allPages(reads, request);
          const found = items.map(({ sku }) => Number(sku.slice(1)));
          expect(found.toSorted((a, b) => a - b)).toEqual(wanted);
          expect(await count(reads, request)).toBe(wanted.length);
          expect(await allWindows(reads, request)).toEqual(items);
        }
        await reads.openFiles({ replicas: [], dataFolder: '' });
      },
    ),
    { numRuns: 15 },
  );
});
