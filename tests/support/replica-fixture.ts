import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { newState, writeState } from '../../shared/replica/replica-state.ts';
import { buildSearchIndex } from '../../shared/replica/search/build-search-index.ts';
import { createSearchTables } from '../../shared/replica/search/search-schema.ts';
import { openWritable, type WritableDatabase } from '../../main/store/sqlite.ts';
import { sortKeyOf } from '../../shared/domain/fold-text.ts';
import { CATALOGUE_SCOPE, type Scope, scopeKindOf, siteScope } from '../../shared/sync/scope.ts';

/** A uuid that a test can read: kind and number. */
export function testId(
  kind: 'product' | 'category' | 'brand' | 'site' | 'row' | 'location' | 'operation',
  number: number,
): string {
  const digit = { product: 1, category: 2, brand: 3, site: 4, row: 5, location: 6, operation: 7 }[
    kind
  ];
  return `0190000${digit}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export interface TestProduct {
  number: number;
  name: string;
  sku?: string | undefined;
  barcodes?: readonly string[] | undefined;
  category?: number | undefined;
  brand?: number | undefined;
  minStock?: number | undefined;
  archived?: boolean | undefined;
}

export interface TestCatalogue {
  categories?: readonly { number: number; name: string; parent?: number | undefined }[] | undefined;
  brands?: readonly { number: number; name: string }[] | undefined;
  sites?: readonly { number: number; code: string }[] | undefined;
  products?: readonly TestProduct[] | undefined;
}

/** An empty catalogue replica with all indexes. */
export function createCatalogueReplica(file: string): WritableDatabase {
  const db = createReplicaTables(file, CATALOGUE_SCOPE);
  createSearchTables(db);
  return db;
}

/** A file with all tables, all indexes and where it stands. */
export function createReplicaTables(file: string, scope: Scope): WritableDatabase {
  const db = openWritable(file, { durability: 'NORMAL' });
  const { tables, indexes, fingerprint } = replicaSchema(scopeKindOf(scope));
  for (const statement of [...tables, ...indexes]) db.exec(statement);
  const identity = { scope, serverId: 'test', epoch: 'test', fingerprint };
  writeState(db, { ...newState(identity), complete: true });
  return db;
}

/** Writes rows only; the search index is the caller's. Returns the local ids of the products. */
export function fillCatalogue(db: WritableDatabase, catalogue: TestCatalogue): number[] {
  const named = (table: string, columns: string) =>
    db.prepare(
      `INSERT INTO ${table} (id, ${columns}, sort_key, row_version, row_hash)
       VALUES (${'?, '.repeat(columns.split(',').length + 1)}?, 1, 1)`,
    );
  const category = named('category', 'parent_id, name');
  for (const { number, name, parent } of catalogue.categories ?? []) {
    const parentId = parent === undefined ? null : testId('category', parent);
    category.run(testId('category', number), parentId, name, sortKeyOf(name));
  }
  const brand = named('brand', 'name');
  for (const { number, name } of catalogue.brands ?? []) {
    brand.run(testId('brand', number), name, sortKeyOf(name));
  }
  const site = named('site', 'code, name');
  for (const { number, code } of catalogue.sites ?? []) {
    site.run(testId('site', number), code, code, sortKeyOf(code));
  }
  return (catalogue.products ?? []).map((product) => insertProduct(db, product));
}

let rows = 0;

function insertProduct(db: WritableDatabase, product: TestProduct): number {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO product (id, sku, name, category_id, brand_id, unit, min_stock, archived, sort_key,
         tracking, tracks_expiry, row_version, row_hash)
       VALUES (?, ?, ?, ?, ?, 'pcs', ?, ?, ?, 'none', 0, 1, 1)`,
    )
    .run(
      testId('product', product.number),
      product.sku ?? `S${product.number}`,
      product.name,
      product.category === undefined ? null : testId('category', product.category),
      product.brand === undefined ? null : testId('brand', product.brand),
      product.minStock ?? null,
      product.archived ? 1 : 0,
      sortKeyOf(product.name),
    );
  for (const code of product.barcodes ?? []) {
    db.prepare(
      'INSERT INTO barcode (id, product_id, code, pack_quantity, row_version, row_hash) VALUES (?, ?, ?, 1, 1, 1)',
    ).run(testId('row', ++rows), testId('product', product.number), code);
  }
  return Number(lastInsertRowid);
}

/** A whole catalogue file, searchable. */
export function writeCatalogueFile(file: string, catalogue: TestCatalogue): void {
  const db = createCatalogueReplica(file);
  fillCatalogue(db, catalogue);
  for (const _ of buildSearchIndex(db));
  db.close();
}

/** A site's file; `quantities` are by product number, each at a location of its own. */
export function writeSiteFile(
  file: string,
  site: number,
  quantities: readonly (readonly [product: number, quantity: number])[],
): void {
  const db = createReplicaTables(file, siteScope(testId('site', site)));
  const location = db.prepare(
    `INSERT INTO location (id, site_id, code, blocked, row_version, row_hash) VALUES (?, ?, ?, 0, 1, 1)`,
  );
  const level = db.prepare(
    `INSERT INTO stock_level (id, site_id, product_id, location_id, quantity, lot, serial, row_version, row_hash)
     VALUES (?, ?, ?, ?, ?, '', '', 1, 1)`,
  );
  for (const [product, quantity] of quantities) {
    const locationId = testId('row', ++rows);
    location.run(locationId, testId('site', site), `L-${rows}`);
    level.run(
      testId('row', ++rows),
      testId('site', site),
      testId('product', product),
      locationId,
      quantity,
    );
  }
  db.close();
}
