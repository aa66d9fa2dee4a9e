import { must } from '../../../shared/domain/assert.ts';
import { breathe } from '../breathe.ts';
import { matchExpression } from '../search/search-query.ts';
import type { CatalogueCursor } from './catalogue-cursor.ts';
import { FILTER_COLUMNS, type FilterRow, type PreparedFilter } from './catalogue-filter.ts';
import type { ReplicaReader, SiteReader } from './replica-reader.ts';
import type { ListOptions, ListPage } from './search-by-text.ts';

type BrowseCursor = Extract<CatalogueCursor, { kind: 'browse' }>;

/**
 * A filter with fewer products than this is read whole and sorted; with more, the catalogue is walked in its order and
 * filtered, which finds a page soon. 50,000 take about 100 ms once, then the list is remembered until the data changes.
 */
const SORTED_WHOLE_MAX = 50_000;
/** Products read between two breaths of a walk: about 5 ms. */
const ROWS_PER_SLICE = 1_000;

interface BrowseRow extends FilterRow {
  sort_key: string;
}
type Place = Pick<BrowseRow, 'sort_key' | 'local_id'>;

const COLUMNS = `${FILTER_COLUMNS}, sort_key`;
const WALK = `SELECT ${COLUMNS} FROM product
  WHERE (sort_key, local_id) > (?, ?) ORDER BY sort_key, local_id LIMIT ?`;
const BY_LOCAL_ID = `SELECT ${COLUMNS} FROM product WHERE local_id = ?`;
const BY_ID = `SELECT ${COLUMNS} FROM product WHERE id = ?`;
const MATCHES = `SELECT rowid FROM product_search WHERE product_search MATCH ? ORDER BY rowid LIMIT ?`;
const STOCK_ROWS_AT_MOST = 'SELECT max(local_id) FROM stock_level';
const STOCKED = `SELECT DISTINCT product_id FROM stock_level WHERE product_id > ? ORDER BY product_id LIMIT ?`;

export interface BrowseRequest {
  filter: PreparedFilter;
  /** Names the filter among remembered lists. */
  filterKey: string;
  /** Set if only products in stock are wanted: then a site with little stock is the shorter road. */
  stockedIn: readonly SiteReader[] | null;
  cursor: BrowseCursor | null;
}

/** The catalogue by name. */
export async function browseByName(
  reader: ReplicaReader,
  request: BrowseRequest,
  options: ListOptions,
): Promise<ListPage> {
  const start: Place = {
    sort_key: request.cursor?.sortKey ?? '',
    local_id: request.cursor?.localId ?? 0,
  };
  const whole = await reader.remember(
    `sorted:${request.filterKey}`,
    () => sortedWhole(reader, request, options.signal),
    { withStock: request.filter.asksStock },
  );
  const places = whole
    ? following(whole, start, options.limit + 1)
    : await walk(reader, { filter: request.filter, start }, options);
  const page = places.slice(0, options.limit);
  const last = page.at(-1);
  return {
    localIds: page.map((place) => place.local_id),
    next:
      places.length > options.limit && last
        ? { kind: 'browse', sortKey: last.sort_key, localId: last.local_id }
        : null,
  };
}

/** One more than a page, so that it is known whether there are more. */
async function walk(
  reader: ReplicaReader,
  { filter, start }: { filter: PreparedFilter; start: Place },
  { limit, signal }: ListOptions,
): Promise<Place[]> {
  const found: Place[] = [];
  // Most walks are filtered by little more than "not archived" and end within their first rows.
  let sliceMax = limit + 1;
  for (let at = start; ; sliceMax = ROWS_PER_SLICE) {
    const rows = reader.catalogue.all<BrowseRow>(WALK, at.sort_key, at.local_id, sliceMax);
    for (const row of rows) {
      if (filter.passes(row)) found.push(row);
      if (found.length > limit) return found;
    }
    if (rows.length < sliceMax) return found;
    at = must(rows.at(-1), 'last row');
    await breathe(signal);
  }
}

/** Every product of a narrow filter in order, or null if it is not narrow. */
async function sortedWhole(
  reader: ReplicaReader,
  request: BrowseRequest,
  signal: AbortSignal,
): Promise<readonly Place[] | null> {
  const rows = await narrowRows(reader, request, signal);
  if (!rows) return null;
  return rows
    .filter(request.filter.passes)
    .map(({ sort_key, local_id }) => ({ sort_key, local_id }))
    .toSorted(byPlace);
}

async function narrowRows(
  reader: ReplicaReader,
  { filter, stockedIn }: BrowseRequest,
  signal: AbortSignal,
): Promise<BrowseRow[] | null> {
  if (stockedIn) {
    const moved = stockedIn.flatMap(({ pending }) => pending.products);
    const atMost = stockedIn.reduce(
      (sum, { db }) => sum + (db.value<number>(STOCK_ROWS_AT_MOST) ?? 0),
      moved.length,
    );
    if (atMost <= SORTED_WHOLE_MAX) {
      const stocked = stockedIn.flatMap(({ db }) => db.column<string>(STOCKED, '', atMost));
      const ids = new Set([...stocked, ...moved]);
      return readRows(reader, { sql: BY_ID, keys: [...ids] }, signal);
    }
  }
  if (filter.facets.length === 0) return null;
  const expression = matchExpression([], filter);
  if (expression === null) return null;
  const localIds = reader.catalogue.column<number>(MATCHES, expression, SORTED_WHOLE_MAX + 1);
  if (localIds.length > SORTED_WHOLE_MAX) return null;
  return readRows(reader, { sql: BY_LOCAL_ID, keys: localIds }, signal);
}

async function readRows(
  reader: ReplicaReader,
  { sql, keys }: { sql: string; keys: readonly (string | number)[] },
  signal: AbortSignal,
): Promise<BrowseRow[]> {
  const rows: BrowseRow[] = [];
  for (let from = 0; from < keys.length; from += ROWS_PER_SLICE) {
    if (from > 0) await breathe(signal);
    for (const key of keys.slice(from, from + ROWS_PER_SLICE)) {
      const row = reader.catalogue.first<BrowseRow>(sql, key);
      if (row) rows.push(row);
    }
  }
  return rows;
}

function following(sorted: readonly Place[], start: Place, count: number): readonly Place[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byPlace(must(sorted[middle], 'place'), start) > 0) high = middle;
    else low = middle + 1;
  }
  return sorted.slice(low, low + count);
}

/** SQLite's own order of text: by code point, which JavaScript's comparison is not beyond the basic plane. */
function byPlace(a: Place, b: Place): number {
  if (a.sort_key !== b.sort_key) {
    return Buffer.compare(Buffer.from(a.sort_key), Buffer.from(b.sort_key));
  }
  return a.local_id - b.local_id;
}
