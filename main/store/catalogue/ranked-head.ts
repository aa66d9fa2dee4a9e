import { sortKeyOf, SORT_KEY_LENGTH_MAX } from '../../../shared/domain/fold-text.ts';
import { breathe } from '../breathe.ts';
import { matchExpression, type MatchOptions, type SearchQuery } from '../search/search-query.ts';
import { type RankedCandidate, ranked } from '../search/search-ranking.ts';
import { FILTER_COLUMNS, type FilterRow, type PreparedFilter } from './catalogue-filter.ts';
import { exactMatches } from './exact-matches.ts';
import type { ReplicaReader } from './replica-reader.ts';

/** So many matches are put in order, best first; a person who scrolls further has not found it by rank. */
const HEAD_MAX = 64;
/** Taken from each source of candidates. More would cost the 5 ms that a search has, and change nothing that is seen. */
const CANDIDATES_PER_SOURCE = 64;

interface CandidateRow extends FilterRow, RankedCandidate {
  sku: string;
  name: string;
}

const COLUMNS = `${FILTER_COLUMNS}, local_id AS localId, sku, name`;
const BY_NAME_START = `SELECT ${COLUMNS} FROM product
  WHERE sort_key >= ? AND sort_key < ? ORDER BY sort_key, local_id LIMIT ?`;
/** Read together: one statement takes half the time of one for each. */
const BY_LOCAL_IDS = `SELECT ${COLUMNS} FROM (SELECT key, value FROM json_each(?)) AS wanted
  CROSS JOIN product ON local_id = wanted.value ORDER BY wanted.key`;
const MATCHES = `SELECT rowid FROM product_search WHERE product_search MATCH ? ORDER BY rowid LIMIT ?`;
const LAST_CHARACTER = '\u{10ffff}';

export interface HeadRequest {
  query: SearchQuery;
  filter: PreparedFilter;
}

export interface RankedHead {
  /** Best first. */
  localIds: readonly number[];
  /** Nothing else matches, so nobody need look for more. */
  isAll: boolean;
}

/**
 * The best matches, best first: barcode and SKU, then by rank. Sorting every match by rank would take 50 ms and more for
 * a short word in a million products. So candidates come from sources that are better one by one, each bounded, until
 * there are enough; what the ranking cannot tell from an index is decided among them.
 */
export async function rankedHead(
  reader: ReplicaReader,
  { query, filter }: HeadRequest,
  signal: AbortSignal,
): Promise<RankedHead> {
  const exact = exactMatches(reader, query.text)
    .filter(filter.passes)
    .map((row) => row.local_id);
  if (query.terms.length === 0) return { localIds: exact, isAll: true };
  const candidates = new Candidates(reader, filter);
  candidates.add(nameStarts(reader, query));
  const isAll =
    candidates.size < HEAD_MAX && (await addMatches(reader, { query, filter, signal }, candidates));
  const rest = ranked(query, candidates.passing()).map((row) => row.local_id);
  const found = [...new Set([...exact, ...rest])];
  return { localIds: found.slice(0, HEAD_MAX), isAll: isAll && found.length <= HEAD_MAX };
}

/** True if every match is a candidate now. Stops between two looks at the index once the signal is aborted. */
async function addMatches(
  reader: ReplicaReader,
  { query, filter, signal }: HeadRequest & { signal: AbortSignal },
  candidates: Candidates,
): Promise<boolean> {
  const areAll = (matches: readonly number[]): boolean => matches.length < CANDIDATES_PER_SOURCE;
  const matchesOf = (options: MatchOptions): number[] => {
    const expression = matchExpression(query.terms, options);
    if (expression === null) return [];
    return reader.catalogue.column<number>(MATCHES, expression, CANDIDATES_PER_SOURCE);
  };
  // Several words together seldom fit many products, and then one look at the index is enough.
  const anywhere = query.terms.length > 1 ? matchesOf(filter) : null;
  if (anywhere && areAll(anywhere)) {
    candidates.read(anywhere);
    return true;
  }
  await breathe(signal);
  const inNames = matchesOf({ ...filter, nameOnly: true });
  candidates.read(inNames);
  await breathe(signal);
  if (!areAll(inNames)) {
    // More names than are looked at: the better ones are those with the whole words.
    candidates.read(matchesOf({ ...filter, nameOnly: true, wholeWords: true }));
    return false;
  }
  const others = anywhere ?? matchesOf(filter);
  candidates.read(others);
  return areAll(others);
}

/** Products that may be among the best, each read once. */
class Candidates {
  readonly #reader: ReplicaReader;
  readonly #filter: PreparedFilter;
  readonly #known = new Set<number>();
  readonly #passing: CandidateRow[] = [];

  constructor(reader: ReplicaReader, filter: PreparedFilter) {
    this.#reader = reader;
    this.#filter = filter;
  }

  get size(): number {
    return this.#passing.length;
  }

  passing(): readonly CandidateRow[] {
    return this.#passing;
  }

  add(rows: readonly CandidateRow[]): void {
    for (const row of rows) {
      this.#known.add(row.local_id);
      if (this.#filter.passes(row)) this.#passing.push(row);
    }
  }

  read(localIds: readonly number[]): void {
    const unread = localIds.filter((localId) => !this.#known.has(localId));
    if (unread.length === 0) return;
    this.add(this.#reader.catalogue.all<CandidateRow>(BY_LOCAL_IDS, JSON.stringify(unread)));
  }
}

/** Names that begin with what was typed: one range of the sort keys. */
function nameStarts(reader: ReplicaReader, query: SearchQuery): CandidateRow[] {
  const start = query.words.join(' ');
  // A key that was cut no longer says whether the name goes on as typed.
  if (start.length > SORT_KEY_LENGTH_MAX || sortKeyOf(start) !== start) return [];
  return reader.catalogue.all<CandidateRow>(
    BY_NAME_START,
    start,
    start + LAST_CHARACTER,
    CANDIDATES_PER_SOURCE,
  );
}
