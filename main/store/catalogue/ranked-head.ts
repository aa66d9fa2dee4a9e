import { sortKeyOf, SORT_KEY_LENGTH_MAX } from '../../../shared/domain/fold-text.ts';
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

/**
 * The best matches, best first: barcode and SKU, then by rank. Sorting every match by rank would take 50 ms and more for
 * a short word in a million products. So candidates come from sources that are better one by one, each bounded, until
 * there are enough; what the ranking cannot tell from an index is decided among them.
 */
export function rankedHead(
  reader: ReplicaReader,
  query: SearchQuery,
  filter: PreparedFilter,
): number[] {
  const exact = exactMatches(reader, query.text)
    .filter(filter.passes)
    .map((row) => row.local_id);
  if (query.terms.length === 0) return exact;
  const candidates = new Map<number, CandidateRow>();
  const add = (rows: readonly CandidateRow[]): void => {
    for (const row of rows) if (filter.passes(row)) candidates.set(row.local_id, row);
  };
  add(nameStarts(reader, query));
  if (candidates.size < HEAD_MAX) {
    const inNames = matches(reader, query, { ...filter, nameOnly: true });
    add(inNames);
    // More names than are looked at: the better ones are those with the whole words. All looked at: then other texts, too.
    const areAll = inNames.length < CANDIDATES_PER_SOURCE;
    add(matches(reader, query, areAll ? filter : { ...filter, nameOnly: true, wholeWords: true }));
  }
  const rest = ranked(query, [...candidates.values()]).map((row) => row.local_id);
  return [...new Set([...exact, ...rest])].slice(0, HEAD_MAX);
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

function matches(reader: ReplicaReader, query: SearchQuery, options: MatchOptions): CandidateRow[] {
  const expression = matchExpression(query.terms, options);
  if (expression === null) return [];
  const localIds = reader.catalogue.column<number>(MATCHES, expression, CANDIDATES_PER_SOURCE);
  return reader.catalogue.all<CandidateRow>(BY_LOCAL_IDS, JSON.stringify(localIds));
}
