import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCatalogueReplica, fillCatalogue } from '../../../tests/support/replica-fixture.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import type { WritableDatabase } from '../sqlite.ts';
import { buildSearchIndex } from '../../../shared/replica/search/build-search-index.ts';
import { matchExpression, type MatchOptions, parseSearchQuery } from './search-query.ts';

const tempFolder = useTempFolders();
let db: WritableDatabase;

beforeEach(() => {
  db = createCatalogueReplica(join(tempFolder(), 'catalogue.db'));
  fillCatalogue(db, {
    products: [
      { number: 1, name: 'AND OR NOT NEAR name sku', sku: 'A-1' },
      { number: 2, name: 'Bolt "M8" * (zinc)', sku: 'B-2', archived: true },
    ],
  });
  for (const _ of buildSearchIndex(db));
});
afterEach(() => {
  db.close();
});

function found(text: string, options: Partial<MatchOptions> = {}): number[] {
  const expression = matchExpression(parseSearchQuery(text).terms, {
    facets: [],
    withoutFacets: [],
    ...options,
  });
  if (expression === null) return [];
  return db
    .prepare('SELECT rowid FROM product_search WHERE product_search MATCH ? ORDER BY rowid')
    .pluck()
    .all(expression) as number[];
}

/** Fragments of FTS5's own language between pieces of ordinary text. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', '*', '^', '(', ')', '{', '}', ':', '+', '-', ',', "'", ';', '\\', '\0'),
      fc.constantFrom(' AND ', ' OR ', ' NOT ', 'NEAR(', 'name : ', '{name sku} : ', '--', '/*'),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.string({ maxLength: 8 }).map((text) => `${text}\ud800`),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

test('no text throws or is read as syntax', () => {
  fc.assert(
    fc.property(hostileText, fc.boolean(), fc.boolean(), (text, nameOnly, wholeWords) => {
      expect(() => found(text, { nameOnly, wholeWords })).not.toThrow();
      expect(() => found(text, { withoutFacets: ['\ue000archived'] })).not.toThrow();
    }),
    { numRuns: 2_000 },
  );
});

test('words of the index language are ordinary words', () => {
  expect(found('NOT')).toEqual([1]);
  expect(found('or and')).toEqual([1]);
  expect(found('near(')).toEqual([1]);
  expect(found('name : bolt')).toEqual([]);
  expect(found('a* OR n*')).toEqual([1]);
});

test('whole words and names only', () => {
  expect(found('bol')).toEqual([2]);
  expect(found('bol', { wholeWords: true })).toEqual([]);
  expect(found('bolt', { wholeWords: true })).toEqual([2]);
  expect(found('b2')).toEqual([2]);
  expect(found('b2', { nameOnly: true })).toEqual([]);
});

test('facets narrow, and cannot be typed', () => {
  expect(found('bolt', { withoutFacets: ['\ue000archived'] })).toEqual([]);
  expect(found('', { facets: ['\ue000archived'] })).toEqual([2]);
  expect(found('\ue000archived')).toEqual([]);
});

test('nothing to look for is no expression', () => {
  expect(matchExpression([], { facets: [], withoutFacets: ['\ue000archived'] })).toBeNull();
});
