import { foldText, isPlain, wordsOf } from '../../domain/fold-text.ts';

/**
 * Texts become search terms here, for documents and for queries. The index compares terms only, so whatever a person
 * may type to find a product has to be a term of the product, or the beginning of one.
 */

/** A term of a query; with `prefix` it stands for every term that begins with it. */
export interface QueryTerm {
  text: string;
  prefix: boolean;
}

/** Longer queries are cut: no name has more words that matter, and each costs a look-up. */
export const QUERY_TERMS_MAX = 24;
/** Inner beginnings of one code, such as `m8x40`, `8x40`, `x40`, `40` of `FST-M8X40`. */
const CODE_PARTS_MAX = 16;

/** Terms of a name, brand or category. */
export function nameTerms(text: string): string[] {
  const terms: string[] = [];
  const words = wordsOf(text);
  if (isPlain(text)) {
    for (const word of words) pushWord(terms, word);
    return terms;
  }
  for (const word of words) {
    for (const run of runsOf(word)) {
      if (UNSPACED.test(run)) terms.push(...pairsOf(run), lastOf(run));
      else pushWord(terms, run);
    }
  }
  return terms;
}

/**
 * Terms of a SKU: its signs without separators, from every place where a separator stood or letters and digits meet.
 * Together with the search by prefix any run of its parts is found, whether typed with separators or without.
 */
export function codeTerms(code: string): string[] {
  const words = wordsOf(code);
  const terms = partsOf(words.join(''), startsOf(words));
  return !isPlain(code) && words.some((word) => UNSPACED.test(word))
    ? [...terms, ...nameTerms(code)]
    : terms;
}

/** Terms of what a person typed, without repeats and without those that a longer one implies. */
export function queryTerms(text: string): QueryTerm[] {
  const terms = new Map<string, QueryTerm>();
  for (const word of wordsOf(text)) {
    for (const run of runsOf(word)) {
      const pairs = UNSPACED.test(run) ? pairsOf(run) : [];
      if (pairs.length > 0)
        for (const pair of pairs) terms.set(pair, { text: pair, prefix: false });
      else terms.set(run, { text: lookalikeOf(run), prefix: true });
    }
  }
  const all = [...terms.values()].slice(0, QUERY_TERMS_MAX);
  return all.filter(
    (term) =>
      !term.prefix || !all.some((other) => other !== term && implies(other.text, term.text)),
  );
}

/** A code without case and separators, for equality. */
export function squeezedCode(code: string): string {
  return wordsOf(code).join('') || foldText(code);
}

/**
 * What of a name's word a query term is compared with. A term with digits had its look-alikes united, so the word must
 * have too.
 */
export function comparedForm(word: string, term: string): string {
  return HAS_DIGIT.test(term) ? lookalikeOf(word) : word;
}

function implies(longer: string, shorter: string): boolean {
  return longer.length > shorter.length && longer.startsWith(shorter);
}

function pushWord(terms: string[], word: string): void {
  terms.push(word);
  if (!HAS_DIGIT.test(word)) return;
  const united = lookalikeOf(word);
  if (united !== word) terms.push(united);
  // The size within `M8x40` is asked for as `8x40`; a bare `40` or `мл` would only be noise.
  if (!HAS_INNER_SIZE.test(united)) return;
  const inner = startsOf([united]).slice(1);
  terms.push(...inner.map((start) => united.slice(start)).filter((part) => SIZE.test(part)));
}

/** Where a separator stood, or letters and digits meet, counted without the separators. */
function startsOf(words: readonly string[]): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const word of words) {
    for (const piece of word.matchAll(LETTERS_OR_DIGITS)) starts.push(at + piece.index);
    at += word.length;
  }
  return starts.slice(0, CODE_PARTS_MAX);
}

/** The text from each start on, as written and with look-alikes united. */
function partsOf(text: string, starts: readonly number[]): string[] {
  const united = lookalikeOf(text);
  const texts = united === text ? [text] : [text, united];
  return texts.flatMap((form) => starts.map((start) => form.slice(start)));
}

/**
 * Cyrillic letters that look like Latin ones, where a word has digits too: a person cannot see whether the х of `М8х40`
 * is Cyrillic. Words without digits are left alone, they belong to a language.
 */
function lookalikeOf(word: string): string {
  if (!HAS_DIGIT.test(word) || !HAS_LOOKALIKE.test(word)) return word;
  return Array.from(word)
    .map((letter) => LOOKALIKES.get(letter) ?? letter)
    .join('');
}

const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Array.from('авекмнорстух').map((letter, at) => [letter, 'abekmhopctyx'[at] ?? letter]),
);
const HAS_LOOKALIKE = /[авекмнорстух]/;
/** Folding has made the digits of most scripts these ten. */
const HAS_DIGIT = /\d/;
const HAS_INNER_SIZE = /\D\d+\D+\d/;
const SIZE = /^\d+\p{L}+\d/u;
const LETTERS_OR_DIGITS = /\d+|\D+/g;

/** Scripts that write without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
const RUNS = new RegExp(
  `${UNSPACED.source.replace(']', '\\p{M}]')}+|(?:(?!${UNSPACED.source}).)+`,
  'gu',
);

/** A word cut where a script without spaces begins or ends. */
function runsOf(word: string): readonly string[] {
  return UNSPACED.test(word) ? (word.match(RUNS) ?? []) : [word];
}

/**
 * Neighbouring characters, two by two. With the last one alone as a further term every inner run is found, and no term
 * is as common as a single character would be.
 */
function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

function lastOf(run: string): string {
  return Array.from(run).at(-1) ?? '';
}
