import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeTerms, nameTerms, QUERY_TERMS_MAX, queryTerms } from './search-terms.ts';

/** How the index compares: every query term is a term of the document, or the beginning of one. */
function finds(text: string, documentTerms: readonly string[]): boolean {
  const terms = queryTerms(text);
  return (
    terms.length > 0 &&
    terms.every(({ text: term, prefix }) =>
      documentTerms.some((one) => (prefix ? one.startsWith(term) : one === term)),
    )
  );
}

describe('a SKU is found by', () => {
  test.each([
    ['FST-M8X40', 'FST-M8X40'],
    ['FST-M8X40', 'fst m8x40'],
    ['FST-M8X40', 'fstm8x40'],
    ['FST-M8X40', 'M8X40'],
    ['FST-M8X40', 'm8x4'],
    ['FST-M8X40', '8x40'],
    ['FST-M8X40', 'x40'],
    ['FST-M8X40', '40'],
    ['FST-M8X40', 'FST-M8'],
    ['FST-M8X40', 'FSTM8'],
    ['FST-M8X40', 'М8Х40'],
    ['КРЕПЁЖ-12', 'крепеж'],
    ['КРЕПЁЖ-12', 'крепеж12'],
    ['AB.12/CD_34', '12cd34'],
  ])('%s by %s', (sku, text) => {
    expect(finds(text, codeTerms(sku))).toBe(true);
  });

  test.each([
    ['FST-M8X40', 'FST-M9'],
    ['FST-M8X40', '8x41'],
    ['FST-M8X40', 'st'],
  ])('%s not by %s', (sku, text) => {
    expect(finds(text, codeTerms(sku))).toBe(false);
  });
});

describe('a name is found by', () => {
  test.each([
    ['Болт М8х40 оцинкованный', '8x40'],
    ['Болт М8х40 оцинкованный', 'm8x40 болт'],
    ['Болт M8X40', 'М8Х40'],
    ['ДСП16мм', 'дсп'],
    ['ДСП16мм', 'дсп16'],
    ['Доска 10×20', '10x20'],
    ['不锈钢螺丝', '锈钢'],
    ['不锈钢螺丝', '丝'],
    ['不锈钢螺丝', '不锈钢螺丝'],
    ['ガラスコップ', 'ラスコ'],
    ['น้ำดื่ม', 'ดื่ม'],
    ['iPhone手机壳', '手机'],
    ['iPhone手机壳', 'ipho'],
    ['한국 김치', '김'],
    ['Crème brûlée', 'BRUL crem'],
  ])('%s by %s', (name, text) => {
    expect(finds(text, nameTerms(name))).toBe(true);
  });

  test('any beginning of any of its words, in any order, in any script', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zа-яё0-9üøα-ω漢字ก-ฮ]{1,8}$/u), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 1, max: 8 }),
        (words, length) => {
          const starts = words.map((word) => [...word].slice(0, length).join(''));
          expect(finds(starts.toReversed().join(' '), nameTerms(words.join(', ')))).toBe(true);
        },
      ),
    );
  });

  test('any inner run of a script without spaces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Array.from('東京都特許許可局')), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.nat(11),
        fc.nat(11),
        (characters, from, length) => {
          const run = characters.slice(from, from + length + 1).join('');
          if (run !== '') expect(finds(run, nameTerms(`A ${characters.join('')} 1`))).toBe(true);
        },
      ),
    );
  });
});

describe('queryTerms', () => {
  test('drops repeats and what a longer term implies', () => {
    expect(queryTerms('мо молоко МОЛОКО').map(({ text }) => text)).toEqual(['молоко']);
  });

  test('is bounded', () => {
    const words = Array.from(
      { length: 100 },
      (_, at) => `${String.fromCharCode(97 + (at % 26))}${at}`,
    );
    expect(queryTerms(words.join(' '))).toHaveLength(QUERY_TERMS_MAX);
  });

  test('a text without letters and digits has none', () => {
    expect(queryTerms(' "*^:(){}- ')).toEqual([]);
  });
});
