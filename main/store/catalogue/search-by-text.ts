import { matchExpression, type SearchQuery } from '../search/search-query.ts';
import type { CatalogueCursor } from './catalogue-cursor.ts';
import { FILTER_COLUMNS, type FilterRow, type PreparedFilter } from './catalogue-filter.ts';
import { MATCHES_PER_SLICE, matchSlices } from './match-stream.ts';
import { type HeadRequest, rankedHead } from './ranked-head.ts';
import type { ReplicaReader } from './replica-reader.ts';

type SearchCursor = Extract<CatalogueCursor, { kind: 'search' }>;

export interface ListPage {
  localIds: readonly number[];
  next: CatalogueCursor | null;
}

interface SearchRequest extends HeadRequest {
  cursor: SearchCursor | null;
}

export interface ListOptions {
  limit: number;
  signal: AbortSignal;
}

const ROW = `SELECT ${FILTER_COLUMNS} FROM product WHERE local_id = ?`;

/** The ranked head, then all other matches in the order of the file, so that scrolling meets each match once. */
export async function searchByText(
  reader: ReplicaReader,
  request: SearchRequest,
  { limit, signal }: ListOptions,
): Promise<ListPage> {
  const { head, shown: from, after, isAll } = await startOf(reader, request, signal);
  const localIds = head.slice(from, from + limit);
  const shown = from + localIds.length;
  if (shown < head.length) return { localIds, next: { kind: 'search', head, shown, after } };
  if (isAll) return { localIds, next: null };
  const tail = await tailPage(reader, request, {
    head,
    after,
    limit: limit - localIds.length,
    signal,
  });
  return {
    localIds: [...localIds, ...tail.localIds],
    next: tail.isMore ? { kind: 'search', head, shown, after: tail.after } : null,
  };
}

async function startOf(
  reader: ReplicaReader,
  { cursor, ...request }: SearchRequest,
  signal: AbortSignal,
): Promise<Omit<SearchCursor, 'kind'> & { isAll: boolean }> {
  if (cursor) return { ...cursor, isAll: false };
  const { localIds, isAll } = await rankedHead(reader, request, signal);
  return { head: localIds, shown: 0, after: 0, isAll };
}

interface TailOptions extends ListOptions {
  /** Not to be shown again. */
  head: readonly number[];
  after: number;
}

async function tailPage(
  reader: ReplicaReader,
  { query, filter }: { query: SearchQuery; filter: PreparedFilter },
  { head, after, limit, signal }: TailOptions,
): Promise<{ localIds: number[]; after: number; isMore: boolean }> {
  const expression = query.terms.length === 0 ? null : matchExpression(query.terms, filter);
  const localIds: number[] = [];
  if (expression === null) return { localIds, after, isMore: false };
  const inHead = new Set(head);
  // Without a question of stock every match counts, so a slice need not be longer than what is wanted.
  const sliceMax = filter.asksStock ? MATCHES_PER_SLICE : limit + 1 + head.length;
  for await (const slice of matchSlices(reader, expression, { after, sliceMax, signal })) {
    for (const localId of slice) {
      if (inHead.has(localId) || !passesStock(reader, filter, localId)) continue;
      if (localIds.length === limit) {
        return { localIds, after: localIds.at(-1) ?? after, isMore: true };
      }
      localIds.push(localId);
    }
  }
  return { localIds, after: localIds.at(-1) ?? after, isMore: false };
}

export function passesStock(
  reader: ReplicaReader,
  filter: PreparedFilter,
  localId: number,
): boolean {
  if (!filter.asksStock) return true;
  const row = reader.catalogue.first<FilterRow>(ROW, localId);
  return row !== null && filter.passesStock(row);
}
