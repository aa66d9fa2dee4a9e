import { wordsOf } from '../../../shared/domain/fold-text.ts';
import { type QueryTerm, queryTerms } from '../../../shared/replica/search/search-terms.ts';

/** What a person typed, ready for the index. */
export interface SearchQuery {
  /** As typed, without spaces around. */
  text: string;
  /** Folded words in the order typed. */
  words: readonly string[];
  /** Every one of them must be found. Empty if the text has no letter and no digit. */
  terms: readonly QueryTerm[];
}

export function parseSearchQuery(text: string): SearchQuery {
  const typed = text.trim();
  return { text: typed, words: wordsOf(typed), terms: queryTerms(typed) };
}

export interface MatchOptions {
  /** Finds the terms in names only. */
  nameOnly?: boolean | undefined;
  /** Finds whole words only. */
  wholeWords?: boolean | undefined;
  /** All of these must apply … */
  facets: readonly string[];
  /** … and none of these. */
  withoutFacets: readonly string[];
}

/**
 * The FTS5 expression for a query, or null if it would say "everything", which FTS5 cannot. Terms are letters, digits and
 * marks only and always quoted, so nothing that a person types is read as syntax.
 */
export function matchExpression(
  terms: readonly QueryTerm[],
  { nameOnly = false, wholeWords = false, facets, withoutFacets }: MatchOptions,
): string | null {
  const wanted = terms.map(
    ({ text, prefix }) =>
      `${nameOnly ? 'name : ' : ''}${quoted(text)}${prefix && !wholeWords ? ' *' : ''}`,
  );
  const all = [...wanted, ...facets.map(quoted)];
  if (all.length === 0) return null;
  const expression = all.join(' AND ');
  if (withoutFacets.length === 0) return expression;
  return `(${expression}) NOT (${withoutFacets.map(quoted).join(' OR ')})`;
}

function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
