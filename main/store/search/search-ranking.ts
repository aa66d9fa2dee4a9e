import { compareText } from '../../../shared/domain/compare-text.ts';
import { wordsOf } from '../../../shared/domain/fold-text.ts';
import type { SearchQuery } from './search-query.ts';
import { comparedForm, squeezedCode } from '../../../shared/replica/search/search-terms.ts';

/** What ranking looks at. */
export interface RankedCandidate {
  localId: number;
  name: string;
  sku: string;
}

/** Kinds of match, best first. A product is as good as its best kind. */
const TIERS = [
  'sku',
  'wholeName',
  'nameStart',
  'wholeWords',
  'nameWords',
  'skuStart',
  'other',
] as const;
type Tier = (typeof TIERS)[number];

interface Rank {
  tier: number;
  /** Where in the name the words stand, summed: earlier is better. */
  positions: number;
  length: number;
  name: string;
  localId: number;
}

/**
 * Sorts candidates, best match first. Depends on nothing but its arguments, and two products are never equal, so the
 * same search always gives the same order.
 */
export function ranked<T extends RankedCandidate>(
  query: SearchQuery,
  candidates: readonly T[],
): T[] {
  return candidates
    .map((candidate) => ({ candidate, rank: rankOf(query, candidate) }))
    .toSorted((a, b) => compareRanks(a.rank, b.rank))
    .map(({ candidate }) => candidate);
}

function rankOf(query: SearchQuery, { localId, name, sku }: RankedCandidate): Rank {
  const words = wordsOf(name);
  const { tier, positions } = matchOf(query, words, sku);
  return { tier: TIERS.indexOf(tier), positions, length: name.length, name, localId };
}

function compareRanks(a: Rank, b: Rank): number {
  return (
    a.tier - b.tier ||
    a.positions - b.positions ||
    a.length - b.length ||
    compareText(a.name, b.name) ||
    a.localId - b.localId
  );
}

function matchOf(
  query: SearchQuery,
  words: readonly string[],
  sku: string,
): { tier: Tier; positions: number } {
  const typedCode = query.words.join('');
  const code = squeezedCode(sku);
  if (code === typedCode) return { tier: 'sku', positions: 0 };
  const typed = query.words.join(' ');
  const name = words.join(' ');
  if (name === typed) return { tier: 'wholeName', positions: 0 };
  // A name that goes on after a whole word is nearer than one that goes on within it.
  if (name.startsWith(typed)) {
    return { tier: 'nameStart', positions: name[typed.length] === ' ' ? 0 : 1 };
  }
  const found = query.terms.map((term) => positionOf(term.text, words));
  if (found.every((place) => place !== null)) {
    return {
      tier: found.every((place) => place.whole) ? 'wholeWords' : 'nameWords',
      positions: found.reduce((sum, place) => sum + place.at, 0),
    };
  }
  return { tier: code.startsWith(typedCode) ? 'skuStart' : 'other', positions: 0 };
}

interface Place {
  at: number;
  whole: boolean;
}

/** The first whole word that answers a term, else the first that begins with it, else the first that has it inside. */
function positionOf(term: string, words: readonly string[]): Place | null {
  let start: number | null = null;
  let inside: number | null = null;
  for (const [at, word] of words.entries()) {
    const form = comparedForm(word, term);
    if (form === term) return { at, whole: true };
    if (start === null && form.startsWith(term)) start = at;
    if (inside === null && form.includes(term)) inside = at;
  }
  const at = start ?? inside;
  return at === null ? null : { at, whole: false };
}
