import { must } from '../../../shared/domain/assert.ts';
import type { CatalogueCountInput } from '../../../shared/desktop/catalogue-views.ts';
import { breathe } from '../breathe.ts';
import { matchExpression, parseSearchQuery } from '../search/search-query.ts';
import { ARCHIVED_FACET } from '../../../shared/replica/search/search-facets.ts';
import { FILTER_COLUMNS, type FilterRow, prepareFilter } from './catalogue-filter.ts';
import { exactMatches } from './exact-matches.ts';
import { MATCHES_PER_SLICE, matchSlices } from './match-stream.ts';
import { onHandOf } from '../stock/on-hand.ts';
import type { ReplicaReader, SiteReader } from './replica-reader.ts';
import { passesStock } from './search-by-text.ts';

/** Local ids counted between two breaths: about 5 ms for a word that every product has. */
const LOCAL_IDS_PER_SLICE = 100_000;

/** Counted at once: about 3 ms. */
const FEW_MATCHES = 50_000;

const COUNT_FEW = `SELECT count(*) FROM
  (SELECT 1 FROM product_search WHERE product_search MATCH ? LIMIT ?)`;
const LAST_LOCAL_ID = 'SELECT max(local_id) FROM product';
/** The casts let FTS5 go to a row at once; see match-stream.ts. Without them every slice counts from the start. */
const COUNT_MATCHES = `SELECT count(*) FROM product_search
  WHERE product_search MATCH ? AND rowid > CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)`;
const COUNT_PRODUCTS = 'SELECT count(*) FROM product';
const IS_MATCH =
  'SELECT 1 FROM product_search WHERE product_search MATCH ? AND rowid = CAST(? AS INTEGER)';
const STOCKED = `SELECT DISTINCT product_id FROM stock_level
  WHERE product_id > ? ORDER BY product_id LIMIT ?`;
const HAS_STOCK_ROW = 'SELECT 1 FROM stock_level WHERE product_id = ? LIMIT 1';
const PRODUCT_BY_ID = `SELECT ${FILTER_COLUMNS} FROM product WHERE id = ?`;

/** How many products a search has in all. Exact; kept until the data changes. */
export function countCatalogue(
  reader: ReplicaReader,
  input: CatalogueCountInput,
  signal: AbortSignal,
): Promise<number> {
  return reader.remember(
    `count:${JSON.stringify([input.text.trim(), input.filter])}`,
    () => count(reader, input, signal),
    { withStock: input.filter.stock !== 'any' },
  );
}

async function count(
  reader: ReplicaReader,
  input: CatalogueCountInput,
  signal: AbortSignal,
): Promise<number> {
  const { stock, siteId } = input.filter;
  if (stock === 'any') return countAnyStock(reader, input, signal);
  const sites = reader.sitesOf(siteId);
  if (sites.length === 0) return 0;
  // Every product is either in stock or out of it, and what is in stock is usually less.
  if (stock === 'outOfStock') {
    const any = { ...input, filter: { ...input.filter, stock: 'any' as const } };
    const inStock = { ...input, filter: { ...input.filter, stock: 'inStock' as const } };
    return (
      (await countCatalogue(reader, any, signal)) - (await countCatalogue(reader, inStock, signal))
    );
  }
  if (stock === 'inStock' && input.text.trim() === '') return countStocked(reader, input, signal);
  return countOneByOne(reader, input, signal);
}

async function countAnyStock(
  reader: ReplicaReader,
  input: CatalogueCountInput,
  signal: AbortSignal,
): Promise<number> {
  const query = parseSearchQuery(input.text);
  const filter = prepareFilter(reader, input.filter);
  if (query.text !== '') {
    const expression = query.terms.length === 0 ? null : matchExpression(query.terms, filter);
    const matches = expression === null ? 0 : await countMatches(reader, expression, signal);
    return matches + exactOnly(reader, input, expression).length;
  }
  const expression = matchExpression([], filter);
  if (expression !== null) return countMatches(reader, expression, signal);
  const all = await reader.remember('products', () =>
    reader.catalogue.value<number>(COUNT_PRODUCTS),
  );
  const hidden = input.filter.archived
    ? 0
    : await countMatches(reader, `"${ARCHIVED_FACET}"`, signal);
  return (all ?? 0) - hidden;
}

export async function countMatches(
  reader: ReplicaReader,
  expression: string,
  signal: AbortSignal,
): Promise<number> {
  // Most counts are small, and then slices would cost more than the counting: each gathers the words of a prefix again.
  const few = reader.catalogue.value<number>(COUNT_FEW, expression, FEW_MATCHES) ?? 0;
  if (few < FEW_MATCHES) return few;
  const last = reader.catalogue.value<number>(LAST_LOCAL_ID) ?? 0;
  let total = 0;
  for (let after = 0; after < last; after += LOCAL_IDS_PER_SLICE) {
    if (after > 0) await breathe(signal);
    total +=
      reader.catalogue.value<number>(
        COUNT_MATCHES,
        expression,
        after,
        after + LOCAL_IDS_PER_SLICE,
      ) ?? 0;
  }
  return total;
}

/** Products found by barcode or SKU that the index does not find by the same text. */
function exactOnly(
  reader: ReplicaReader,
  input: CatalogueCountInput,
  expression: string | null,
): FilterRow[] {
  const filter = prepareFilter(reader, input.filter);
  return exactMatches(reader, input.text)
    .filter(filter.passes)
    .filter(
      (row) =>
        expression === null || reader.catalogue.value(IS_MATCH, expression, row.local_id) === null,
    );
}

/** Asks every match for its stock. */
async function countOneByOne(
  reader: ReplicaReader,
  input: CatalogueCountInput,
  signal: AbortSignal,
): Promise<number> {
  const query = parseSearchQuery(input.text);
  const filter = prepareFilter(reader, input.filter);
  const isText = query.text !== '';
  const expression =
    isText && query.terms.length === 0 ? null : matchExpression(query.terms, filter);
  let total = isText ? exactOnly(reader, input, expression).length : 0;
  if (expression === null) return total;
  const options = { after: 0, sliceMax: MATCHES_PER_SLICE, signal };
  for await (const slice of matchSlices(reader, expression, options)) {
    for (const localId of slice) if (passesStock(reader, filter, localId)) total += 1;
  }
  return total;
}

/** Counts from the side of the stock, which without a text is the smaller one. */
async function countStocked(
  reader: ReplicaReader,
  input: CatalogueCountInput,
  signal: AbortSignal,
): Promise<number> {
  const sites = reader.sitesOf(input.filter.siteId);
  const filter = prepareFilter(reader, { ...input.filter, stock: 'any' });
  const countsIn = (id: string): boolean => {
    if ((onHandOf(sites, id) ?? 0) <= 0) return false;
    const row = reader.catalogue.first<FilterRow>(PRODUCT_BY_ID, id);
    return row !== null && filter.passes(row);
  };
  // Nothing of these lies anywhere yet but for what is pending.
  const moved = new Set(sites.flatMap(({ pending }) => pending.products));
  let total = [...moved].filter((id) => !isIn(sites, id) && countsIn(id)).length;
  for (const [at, { db }] of sites.entries()) {
    const earlier = sites.slice(0, at);
    for (let after = ''; ; await breathe(signal)) {
      const ids = db.column<string>(STOCKED, after, MATCHES_PER_SLICE);
      total += ids.filter((id) => !isIn(earlier, id) && countsIn(id)).length;
      if (ids.length < MATCHES_PER_SLICE) break;
      after = must(ids.at(-1), 'last product');
    }
  }
  return total;
}

/** Whether a product was counted with an earlier site. */
function isIn(sites: readonly SiteReader[], productId: string): boolean {
  return sites.some(({ db }) => db.value(HAS_STOCK_ROW, productId) !== null);
}
