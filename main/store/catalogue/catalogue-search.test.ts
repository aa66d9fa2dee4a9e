import { describe, expect, test } from 'vitest';
import { catalogueSearchInput } from '../../../shared/desktop/catalogue-views.ts';
import {
  allPages,
  count,
  namesOf,
  search,
  type TestStock,
  useCatalogueReads,
} from '../../../tests/support/catalogue-reads.ts';
import { type TestProduct, testId } from '../../../tests/support/replica-fixture.ts';
import { createLocalReads } from '../local-reads.ts';

const readsOf = useCatalogueReads();
const { signal } = new AbortController();

/** Category 2 is below 1, 3 is below 2; 4 is alone. */
const CATEGORIES = [
  { number: 1, name: 'alpha' },
  { number: 2, name: 'beta', parent: 1 },
  { number: 3, name: 'gamma', parent: 2 },
  { number: 4, name: 'delta' },
];
const BRANDS = [
  { number: 1, name: 'Meadow' },
  { number: 2, name: 'Alpine' },
];

describe('a text', () => {
  test('finds the exact barcode first, in each of its forms', async () => {
    const reads = await readsOf({
      products: [
        { number: 1, name: 'Tea 4006381333931' },
        { number: 2, name: 'Pen', barcodes: ['4006381333931'] },
        { number: 3, name: 'Soap', barcodes: ['036000291452'] },
      ],
    });
    expect(namesOf((await search(reads, { text: '4006381333931' })).items)).toEqual([
      'Pen',
      'Tea 4006381333931',
    ]);
    for (const text of ['0036000291452', '36000291452', '00036000291452', '0360 0029 1452']) {
      expect(namesOf((await search(reads, { text })).items)).toEqual(['Soap']);
      expect(await count(reads, { text })).toBe(1);
    }
    expect((await reads.scan('0036000291452'))?.product.name).toBe('Soap');
    expect(await reads.scan('5000000000000')).toBeNull();
  });

  test('counts a product that only its barcode finds beside those that the words find', async () => {
    const reads = await readsOf({
      products: [
        { number: 1, name: 'Screw 0 093' },
        { number: 2, name: 'Pen', barcodes: ['0093'] },
      ],
    });
    expect(namesOf((await search(reads, { text: '0 093' })).items)).toEqual(['Pen', 'Screw 0 093']);
    expect(await count(reads, { text: '0 093' })).toBe(2);
  });

  test('finds the exact SKU before names', async () => {
    const reads = await readsOf({
      products: [
        { number: 1, name: 'Bolt FST-M8X40 and nut', sku: 'SET-1' },
        { number: 2, name: 'Hexagon bolt', sku: 'FST-M8X40' },
      ],
    });
    for (const text of ['FST-M8X40', 'fst-m8x40', 'fst m8x40']) {
      expect(namesOf((await search(reads, { text })).items)[0]).toBe('Hexagon bolt');
    }
    expect((await reads.scan('fst-m8x40'))?.packQuantity).toBe(1);
  });

  test('of signs only finds nothing, and is no error', async () => {
    const reads = await readsOf({ products: [{ number: 1, name: 'Bolt' }] });
    expect(await search(reads, { text: '"*^' })).toEqual({ items: [], nextCursor: null, ms: 0 });
    expect(await count(reads, { text: '"*^' })).toBe(0);
  });
});

test('a search that was superseded stops between two looks at the index', async () => {
  const reads = await readsOf({ products: [{ number: 1, name: 'Bolt' }] });
  const controller = new AbortController();
  const superseded = reads.search(catalogueSearchInput.parse({ text: 'bo' }), controller.signal);
  controller.abort();
  await expect(superseded).rejects.toMatchObject({ code: 'CANCELLED' });
});

describe('before the first sync', () => {
  test('everything is empty', async () => {
    const reads = createLocalReads(() => 0);
    expect(await search(reads, {})).toEqual({ items: [], nextCursor: null, ms: 0 });
    expect(await count(reads, {})).toBe(0);
    expect(await reads.product(testId('product', 1))).toBeNull();
    expect(await reads.categories(null, signal)).toEqual([]);
  });
});

describe('a long list', () => {
  const products = Array.from({ length: 700 }, (_, number): TestProduct => ({
    number,
    name: `${number % 3 === 0 ? 'Cable' : 'Adapter for cable'} ${(number * 7919) % 700}`,
    category: 4,
  }));

  test('goes on past the ranked head to the last match, best first', async () => {
    const reads = await readsOf({ categories: CATEGORIES, products });
    const items = await allPages(reads, { text: 'cab', limit: 37 });
    expect(new Set(items.map(({ id }) => id)).size).toBe(products.length);
    expect(items.slice(0, 37).every(({ name }) => name.startsWith('Cable'))).toBe(true);
    expect(await count(reads, { text: 'cab' })).toBe(products.length);
  });

  test('is the same every time', async () => {
    const reads = await readsOf({ categories: CATEGORIES, products });
    const once = await allPages(reads, { text: 'ca ad', limit: 50 });
    expect(await allPages(reads, { text: 'ca ad', limit: 50 })).toEqual(once);
  });

  test('by name is in the order of the words, with and without a filter', async () => {
    const reads = await readsOf({ categories: CATEGORIES, products });
    const sorted = products
      .map(({ name }) => name)
      .toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    expect(namesOf(await allPages(reads, { limit: 200 }))).toEqual(sorted);
    const filter = { categoryId: testId('category', 4) };
    expect(namesOf(await allPages(reads, { limit: 200, filter }))).toEqual(sorted);
  });

  test('a cursor of another file or list is refused', async () => {
    const reads = await readsOf({ products });
    const { nextCursor } = await search(reads, { text: 'cab' });
    await expect(search(reads, { cursor: nextCursor })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    await expect(search(reads, { text: 'cab', cursor: 'x.s.y' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    await expect(
      search(reads, { text: 'cab', cursor: `AAAAAAAA${nextCursor!.slice(8)}` }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

test('stock is summed over twelve sites, or taken from one', async () => {
  const sites = Array.from({ length: 12 }, (_, at): TestStock => [[1, at + 1]]);
  const reads = await readsOf(
    {
      products: [{ number: 1, name: 'Bolt' }],
      sites: sites.map((_, at) => ({ number: at + 1, code: `W${at + 10}` })),
    },
    sites,
  );
  expect((await search(reads, {})).items[0]?.onHand).toBe(78);
  const filter = { siteId: testId('site', 12) };
  expect((await search(reads, { filter })).items[0]?.onHand).toBe(12);
  const detail = await reads.product(testId('product', 1));
  expect(detail?.stock.map(({ siteCode, quantity }) => [siteCode, quantity])).toEqual(
    sites.map((_, at) => [`W${at + 10}`, at + 1]),
  );
  expect((await reads.sites(null)).every(({ followed }) => followed)).toBe(true);
});

test('trees and lists count what is offered', async () => {
  const reads = await readsOf({
    categories: CATEGORIES,
    brands: BRANDS,
    products: [
      { number: 1, name: 'One', category: 3, brand: 1 },
      { number: 2, name: 'Two', category: 1, brand: 1, archived: true },
      { number: 3, name: 'Three', category: 2 },
    ],
  });
  const tree = await reads.categories(null, signal);
  expect(tree.map(({ name, products: total }) => [name, total])).toEqual([
    ['alpha', 2],
    ['beta', 2],
    ['delta', 0],
    ['gamma', 1],
  ]);
  expect(await reads.brands('mea', signal)).toEqual([
    { id: testId('brand', 1), name: 'Meadow', products: 1 },
  ]);
  const detail = await reads.product(testId('product', 1));
  expect(detail?.categoryPath.map(({ name }) => name)).toEqual(['alpha', 'beta', 'gamma']);
});
