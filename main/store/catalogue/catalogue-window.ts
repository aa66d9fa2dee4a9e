import type {
  CatalogueWindowInput,
  CatalogueWindowResult,
} from '../../../shared/desktop/catalogue-views.ts';
import { breathe } from '../breathe.ts';
import { ARCHIVED_FACET } from '../../../shared/replica/search/search-facets.ts';
import { matchExpression, parseSearchQuery, type SearchQuery } from '../search/search-query.ts';
import { type PreparedFilter, prepareFilter } from './catalogue-filter.ts';
import { matchSlices } from './match-stream.ts';
import { productListItems } from './product-list-items.ts';
import { rankedHead } from './ranked-head.ts';
import type { ReplicaReader } from './replica-reader.ts';
import { passesStock } from './search-by-text.ts';

/** Index entries or matches read between two breaths: under 10 ms, more where each is asked for its stock. */
const IDS_PER_SLICE = 20_000;
const STOCK_QUESTIONS_PER_SLICE = 2_000;

const LAST_LOCAL_ID = 'SELECT max(local_id) FROM product';
const NAME_ORDER = `SELECT sort_key, local_id FROM product
  WHERE (sort_key, local_id) > (?, ?) ORDER BY sort_key, local_id LIMIT ?`;

/**
 * Any part of a list by position. The list is worked out once as local ids in order, four bytes each, and remembered
 * until the data changes, so that each further part costs no more than its own rows. A million products in order take
 * about a second, in slices.
 */
export async function catalogueWindow(
  reader: ReplicaReader,
  input: CatalogueWindowInput,
  signal: AbortSignal,
): Promise<Omit<CatalogueWindowResult, 'ms'>> {
  const key = `list:${JSON.stringify([input.text.trim(), input.filter])}`;
  const compute = (): Promise<Uint32Array> => {
    const query = parseSearchQuery(input.text);
    const filter = prepareFilter(reader, input.filter);
    return query.text === ''
      ? listByName(reader, filter, signal)
      : listByMatch(reader, { query, filter }, signal);
  };
  const list = await reader.remember(key, compute, { withStock: input.filter.stock !== 'any' });
  const localIds = [...list.subarray(input.offset, input.offset + input.limit)];
  return {
    items: productListItems(reader, localIds, reader.sitesOf(input.filter.siteId)),
    total: list.length,
  };
}

/** The order of `browseByName`. */
async function listByName(
  reader: ReplicaReader,
  filter: PreparedFilter,
  signal: AbortSignal,
): Promise<Uint32Array> {
  const allowed = await allowedProducts(reader, filter, signal);
  const list = new Uint32Array(allowed.length);
  let length = 0;
  let place = { sort_key: '', local_id: 0 };
  for (;;) {
    const slice = reader.catalogue.all<typeof place>(
      NAME_ORDER,
      place.sort_key,
      place.local_id,
      filter.asksStock ? STOCK_QUESTIONS_PER_SLICE : IDS_PER_SLICE,
    );
    for (const { local_id } of slice) {
      if (allowed[local_id] === 1 && passesStock(reader, filter, local_id)) {
        list[length] = local_id;
        length += 1;
      }
    }
    const last = slice.at(-1);
    if (!last) return list.slice(0, length);
    place = last;
    await breathe(signal);
  }
}

/** Local id → 1 if what the search index knows of the filter lets the product pass. */
async function allowedProducts(
  reader: ReplicaReader,
  filter: PreparedFilter,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const allowed = new Uint8Array((reader.catalogue.value<number>(LAST_LOCAL_ID) ?? 0) + 1);
  const mark = async (expression: string, value: number): Promise<void> => {
    const options = { after: 0, sliceMax: IDS_PER_SLICE, signal };
    for await (const slice of matchSlices(reader, expression, options)) {
      for (const localId of slice) allowed[localId] = value;
    }
  };
  const expression = filter.facets.length === 0 ? null : matchExpression([], filter);
  if (expression !== null) await mark(expression, 1);
  else {
    allowed.fill(1);
    if (filter.withoutFacets.includes(ARCHIVED_FACET)) await mark(`"${ARCHIVED_FACET}"`, 0);
  }
  return allowed;
}

/** The order of `searchByText`: the ranked head, then every other match in the order of the file. */
async function listByMatch(
  reader: ReplicaReader,
  { query, filter }: { query: SearchQuery; filter: PreparedFilter },
  signal: AbortSignal,
): Promise<Uint32Array> {
  const { localIds: head, isAll } = await rankedHead(reader, { query, filter }, signal);
  const expression = isAll ? null : matchExpression(query.terms, filter);
  if (expression === null) return Uint32Array.from(head);
  const inHead = new Set(head);
  const list = [...head];
  const sliceMax = filter.asksStock ? STOCK_QUESTIONS_PER_SLICE : IDS_PER_SLICE;
  for await (const slice of matchSlices(reader, expression, { after: 0, sliceMax, signal })) {
    for (const localId of slice) {
      if (!inHead.has(localId) && passesStock(reader, filter, localId)) list.push(localId);
    }
  }
  return Uint32Array.from(list);
}
