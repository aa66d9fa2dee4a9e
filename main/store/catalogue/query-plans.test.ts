import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  catalogueFilterField,
  catalogueSearchInput,
} from '../../../shared/desktop/catalogue-views.ts';
import { siteScope } from '../../../shared/sync/scope.ts';
import {
  testId,
  type TestProduct,
  writeCatalogueFile,
  writeSiteFile,
} from '../../../tests/support/replica-fixture.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { ENTITIES } from '../../../shared/entities/registry.ts';
import { locationList } from '../stock/location-list.ts';
import { movementList, NEWEST_MOVEMENTS } from '../stock/movement-list.ts';
import { stockView } from '../stock/product-stock.ts';
import { brandList } from './brand-list.ts';
import { countCatalogue } from './catalogue-count.ts';
import { searchCatalogue } from './catalogue-search.ts';
import { catalogueWindow } from './catalogue-window.ts';
import { categoryTree } from './category-tree.ts';
import { productDetail } from './product-detail.ts';
import { ReplicaReader } from './replica-reader.ts';
import { scanLookup } from './scan-lookup.ts';
import { siteList } from './site-list.ts';
import type { StatementCache } from '../statement-cache.ts';
import { WorkStore } from '../work-store.ts';

/**
 * Runs every kind of read, then asks SQLite how it would run each statement that was used. A table that may have a million
 * rows must never be read from end to end while a person waits.
 */
const tempFolder = useTempFolders();
const { signal } = new AbortController();

const BIG_TABLES = 'product|barcode|stock_level|stock_movement';
/** Read from end to end on purpose, each with its reason. */
const DECLARED: readonly string[] = [
  // The total of the whole catalogue: walks the smallest index, once per state of the data.
  'SELECT count(*) FROM product',
  NEWEST_MOVEMENTS,
];

function openReader(): ReplicaReader {
  const folder = tempFolder();
  const file = join(folder, 'catalogue.db');
  const products = Array.from({ length: 300 }, (_, number): TestProduct => ({
    number,
    name: `Cable ${number}`,
    barcodes: [`400${number}`],
    category: 1,
    brand: 1,
    minStock: 2,
  }));
  writeCatalogueFile(file, {
    categories: [{ number: 1, name: 'Food' }],
    brands: [{ number: 1, name: 'Meadow' }],
    sites: [{ number: 1, code: 'W1' }],
    products,
  });
  const siteFile = join(folder, 'site.db');
  writeSiteFile(siteFile, 1, [
    [1, 5],
    [2, 0],
  ]);
  WorkStore.open(folder, () => testId('row', 1)).close();
  return ReplicaReader.open({
    replicas: [
      { scope: 'catalogue', file },
      { scope: siteScope(testId('site', 1)), file: siteFile },
    ],
    dataFolder: folder,
  })!;
}

async function useEverything(reader: ReplicaReader): Promise<void> {
  const filters = (['any', 'inStock', 'outOfStock', 'low'] as const).flatMap((stock) =>
    [null, testId('category', 1)].flatMap((categoryId) =>
      [null, testId('brand', 1)].map((brandId) => ({ stock, categoryId, brandId })),
    ),
  );
  for (const filter of filters.map((one) => catalogueFilterField.parse(one))) {
    for (const text of ['', 'ca', 'cable 1', '4001']) {
      let cursor: string | null = null;
      do {
        const input = catalogueSearchInput.parse({ text, filter, cursor, limit: 100 });
        const page = await searchCatalogue(reader, input, signal);
        cursor = page.nextCursor;
      } while (cursor !== null);
      await countCatalogue(reader, { text, filter }, signal);
      await catalogueWindow(reader, { text, filter, offset: 0, limit: 5 }, signal);
    }
  }
  productDetail(reader, testId('product', 1));
  scanLookup(reader, '4001');
  await categoryTree(reader, signal);
  await brandList(reader, 'me', signal);
  siteList(reader);
  stockView(reader, testId('product', 1));
  for (const productId of [null, testId('product', 1)]) {
    for (const locationId of [null, testId('location', 1)]) {
      movementList(reader, { productId, locationId, limit: 50 });
    }
  }
  await locationList(reader, { siteId: null, text: 'l', limit: 50 }, signal);
  for (const { name } of ENTITIES) {
    reader.records.get(name, testId('row', 1));
    reader.records.list({ entity: name, where: {}, cursor: null, limit: 5 });
  }
  const of = { product_id: testId('product', 1) };
  reader.records.list({ entity: 'stock_level', where: of, cursor: null, limit: 5 });
}

function badPlans(db: StatementCache): string[] {
  return db.texts
    .filter((sql) => !/^(PRAGMA|SAVEPOINT|RELEASE)/.test(sql) && !DECLARED.includes(sql))
    .flatMap((sql) =>
      db
        // Every parameter is given: a plan does not depend on values here.
        .all<{ detail: string }>(
          `EXPLAIN QUERY PLAN ${sql.replaceAll('?', 'NULL').replaceAll(/:[a-zA-Z]+/g, 'NULL')}`,
        )
        .filter(({ detail }) => isFullScan(detail))
        .map(({ detail }) => `${detail}: ${sql}`),
    );
}

function isFullScan(detail: string): boolean {
  // An alias is one letter of the table's name in our statements.
  if (new RegExp(`^SCAN (${BIG_TABLES}|p|s)\\b(?!_)`).test(detail)) return true;
  // FTS5 always says SCAN; M in the plan stands for MATCH and = for one rowid.
  return detail.startsWith('SCAN product_search') && !/INDEX \d+:[^ ]*[M=]/.test(detail);
}

test('no statement reads a big table from end to end', async () => {
  const reader = openReader();
  await useEverything(reader);
  const databases = [reader.catalogue, ...reader.sites.map(({ db }) => db)];
  expect(reader.catalogue.texts.length).toBeGreaterThan(20);
  expect(databases.flatMap(badPlans)).toEqual([]);
  for (const sql of DECLARED) expect(databases.flatMap(({ texts }) => texts)).toContain(sql);
  reader.close();
});

test('the overlay is read by its indexes', async () => {
  const reader = openReader();
  await useEverything(reader);
  const plans = (part: string): string =>
    reader.work.texts
      .filter((sql) => sql.includes(part))
      .flatMap((sql) =>
        reader.work
          .all<{
            detail: string;
          }>(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', 'NULL').replaceAll(/:[a-zA-Z]+/g, "'a'")}`)
          .map(({ detail }) => detail),
      )
      .join('\n');
  expect(plans('c.entity = :entity')).toContain('INDEX operation_change_by_row');
  expect(plans('c.entity = :entity')).not.toMatch(/SCAN [oc]\b/);
  expect(plans('s.product_id IN')).toContain('INDEX operation_stock_by_product');
  expect(plans('FROM conflict')).toContain('INDEX conflict_open');
  expect(plans('WHERE product_id = :productId')).toContain('INDEX operation_stock_by_product');
  expect(plans('WHERE location_id = :locationId')).toContain('INDEX operation_stock_by_location');
  reader.close();
});

test('the check sees a full scan', () => {
  const reader = openReader();
  reader.catalogue.all(`SELECT name FROM product WHERE description = 'x'`);
  reader.catalogue.all('SELECT rowid FROM product_search');
  reader.catalogue.all('SELECT p.id FROM product p ORDER BY p.name');
  expect(badPlans(reader.catalogue)).toHaveLength(3);
  reader.close();
});
