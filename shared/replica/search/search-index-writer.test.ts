import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createCatalogueReplica,
  fillCatalogue,
  testId,
} from '../../../tests/support/replica-fixture.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { openWritable, type WritableDatabase } from '../../../main/store/sqlite.ts';
import { buildSearchIndex } from './build-search-index.ts';
import { brandFacet, categoryFacet } from './search-facets.ts';
import { createSearchIndexWriter } from './search-index-writer.ts';
import { matchExpression, parseSearchQuery } from '../../../main/store/search/search-query.ts';

const tempFolder = useTempFolders();
let db: WritableDatabase;
let file: string;

beforeEach(() => {
  file = join(tempFolder(), 'catalogue.db');
  db = createCatalogueReplica(file);
});
afterEach(() => {
  db.close();
});

function found(text: string, facets: readonly string[] = []): number[] {
  const expression = matchExpression(parseSearchQuery(text).terms, { facets, withoutFacets: [] });
  return db
    .prepare('SELECT rowid FROM product_search WHERE product_search MATCH ? ORDER BY rowid')
    .pluck()
    .all(expression) as number[];
}

function build(): void {
  for (const _ of buildSearchIndex(db));
}

function integrityCheck(): void {
  db.exec(`INSERT INTO product_search (product_search) VALUES ('integrity-check')`);
}

function owed(): number {
  return db.prepare('SELECT count(*) FROM search_pending').pluck().get() as number;
}

describe('a built index', () => {
  beforeEach(() => {
    fillCatalogue(db, {
      categories: [
        { number: 1, name: 'Food' },
        { number: 2, name: 'Dairy', parent: 1 },
        { number: 3, name: 'Tools' },
      ],
      brands: [{ number: 1, name: 'Meadow' }],
      products: [
        { number: 1, name: 'Milk', category: 2, brand: 1 },
        { number: 2, name: 'Cheese', category: 2 },
        { number: 3, name: 'Hammer', category: 3 },
      ],
    });
    build();
  });

  test('finds names, brands and categories', () => {
    expect(found('milk')).toEqual([1]);
    expect(found('mead')).toEqual([1]);
    expect(found('dai')).toEqual([1, 2]);
    expect(owed()).toBe(0);
  });

  test('narrows by brand and by category with what is below it', () => {
    expect(found('', [brandFacet(testId('brand', 1))])).toEqual([1]);
    expect(found('', [categoryFacet(testId('category', 1))])).toEqual([1, 2]);
    expect(found('ch', [categoryFacet(testId('category', 1))])).toEqual([2]);
  });

  test('follows a change, an addition and a removal', () => {
    const writer = createSearchIndexWriter(db);
    db.exec('BEGIN');
    db.exec(`UPDATE product SET name = 'Oat drink' WHERE local_id = 1`);
    writer.productWritten(1, false);
    const [added] = fillCatalogue(db, { products: [{ number: 4, name: 'Milk shake' }] });
    writer.productWritten(added!, true);
    db.exec('DELETE FROM product WHERE local_id = 2');
    writer.productRemoved(2);
    writer.flush();
    db.exec('COMMIT');
    expect(found('milk')).toEqual([4]);
    expect(found('oat')).toEqual([1]);
    expect(found('cheese')).toEqual([]);
    integrityCheck();
  });

  test('a product that comes and goes in one transaction leaves nothing', () => {
    const writer = createSearchIndexWriter(db);
    const [added] = fillCatalogue(db, { products: [{ number: 4, name: 'Ghost' }] });
    writer.productWritten(added!, true);
    writer.productWritten(added!, false);
    db.prepare('DELETE FROM product WHERE local_id = ?').run(added);
    writer.productRemoved(added!);
    writer.flush();
    expect(found('ghost')).toEqual([]);
    integrityCheck();
  });

  test('a local id that is given again stands for the new product only', () => {
    const writer = createSearchIndexWriter(db);
    db.exec('DELETE FROM product WHERE local_id = 3');
    writer.productRemoved(3);
    const [again] = fillCatalogue(db, { products: [{ number: 5, name: 'Pliers' }] });
    expect(again).toBe(3);
    writer.productWritten(3, true);
    writer.flush();
    expect(found('hammer')).toEqual([]);
    expect(found('pliers')).toEqual([3]);
  });

  test('a renamed brand is found by its new name once its products are indexed again', () => {
    const writer = createSearchIndexWriter(db);
    db.exec(`UPDATE brand SET name = 'Alpine'`);
    writer.borrowedRowWritten('brand', testId('brand', 1));
    expect(writer.reindexPending(100)).toBe(false);
    expect(found('alpine')).toEqual([1]);
    expect(found('meadow')).toEqual([]);
  });

  test('a category that moves takes its products along', () => {
    const writer = createSearchIndexWriter(db);
    db.prepare('UPDATE category SET parent_id = ? WHERE id = ?').run(
      testId('category', 3),
      testId('category', 2),
    );
    writer.borrowedRowWritten('category', testId('category', 2));
    writer.reindexPending(100);
    expect(found('', [categoryFacet(testId('category', 1))])).toEqual([]);
    expect(found('', [categoryFacet(testId('category', 3))])).toEqual([1, 2, 3]);
  });

  test('a circle of categories ends', () => {
    const writer = createSearchIndexWriter(db);
    db.prepare('UPDATE category SET parent_id = ? WHERE id = ?').run(
      testId('category', 2),
      testId('category', 1),
    );
    writer.borrowedRowWritten('category', testId('category', 1));
    expect(writer.reindexPending(100)).toBe(false);
    expect(found('', [categoryFacet(testId('category', 2))])).toEqual([1, 2]);
  });

  test('what a rolled back transaction owed is not owed', () => {
    const writer = createSearchIndexWriter(db);
    db.exec('BEGIN');
    writer.borrowedRowWritten('brand', testId('brand', 1));
    db.exec('ROLLBACK');
    expect(owed()).toBe(0);
  });
});

const MANY = 1_200;

function fillMany(): void {
  const products = Array.from({ length: MANY }, (_, number) => ({
    number,
    name: `Part ${number}`,
    brand: 1,
  }));
  fillCatalogue(db, { brands: [{ number: 1, name: 'Meadow' }], products });
}

test('a big brand is indexed again in bounded steps, across a restart', () => {
  fillMany();
  build();
  db.exec(`UPDATE brand SET name = 'Alpine'`);
  createSearchIndexWriter(db).borrowedRowWritten('brand', testId('brand', 1));
  expect(createSearchIndexWriter(db).reindexPending(500)).toBe(true);
  expect(found('alpine')).toHaveLength(500);
  db.close();
  db = openWritable(file, { durability: 'NORMAL' });
  const writer = createSearchIndexWriter(db);
  expect(writer.reindexPending(500)).toBe(true);
  expect(writer.reindexPending(500)).toBe(false);
  expect(found('alpine')).toHaveLength(MANY);
  expect(found('meadow')).toEqual([]);
});

test('a build that was stopped goes on and ends the same', () => {
  fillMany();
  const stopped = buildSearchIndex(db);
  stopped.next();
  stopped.return();
  expect(db.inTransaction).toBe(false);
  build();
  expect(found('part')).toHaveLength(MANY);
  expect(owed()).toBe(0);
  integrityCheck();
});

test('products written before the first build comes to them are indexed once', () => {
  fillMany();
  const writer = createSearchIndexWriter(db);
  writer.reindexPending(100);
  db.exec(`UPDATE product SET name = 'Early bird' WHERE local_id = 50`);
  db.exec(`UPDATE product SET name = 'Late bird' WHERE local_id = 900`);
  writer.productWritten(50, false);
  writer.productWritten(900, true);
  writer.flush();
  build();
  expect(found('bird')).toEqual([50, 900]);
  integrityCheck();
});
