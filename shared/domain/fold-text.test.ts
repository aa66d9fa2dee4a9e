import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText, SORT_KEY_LENGTH_MAX, sortKeyOf, wordsOf } from './fold-text.ts';

describe('foldText', () => {
  test.each([
    ['Latin', 'Crème BRÛLÉE', 'creme brulee'],
    [
      'Latin letters without a plain form',
      'Łódź Smørrebrød Þór Œuvre',
      'lodz smorrebrod thor oeuvre',
    ],
    ['German', 'Straße STRASSE', 'strasse strasse'],
    ['Turkish', 'İstanbul ISPARTA ısparta', 'istanbul isparta isparta'],
    ['Vietnamese', 'Đường Phở', 'duong pho'],
    ['Cyrillic', 'Ёлка Йод ПОДЪЁМ', 'елка иод подъем'],
    ['Ukrainian', 'Їжак Ґудзик', 'іжак гудзик'],
    ['Greek', 'ΟΔΌΣ οδός', 'οδοσ οδοσ'],
    ['Hebrew', 'שָׁלוֹם', 'שלום'],
    ['Arabic', 'مُحَمَّد أحمد ١٢٣', 'محمد احمد 123'],
    ['Persian', 'یک کتاب ۴۵', 'يك كتاب 45'],
    ['Devanagari keeps its vowel signs', 'किताब', 'किताब'],
    ['Thai keeps its vowel signs', 'น้ำ', 'น้ํา'],
    ['Japanese keeps its voicing marks', 'ガラス', 'ガラス'],
    ['half and full width', 'ｶﾞﾗｽ ＡＢＣ', 'ガラス abc'],
    ['Korean', '한국', '한국'],
    ['sizes', '10×20', '10x20'],
  ])('%s', (_, text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test('composed and decomposed text fold to the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')));
      }),
    );
  });

  // The sign that is added needs Unicode's tables, so the same character goes through both ways.
  test('the quick way for plain text gives what the tables give, for every character', () => {
    const different: string[] = [];
    for (let code = 0; code < 0x3000; code++) {
      const character = String.fromCodePoint(code);
      const plain = [foldText(character), ...wordsOf(`${character} a`)].join('|');
      const tables = [
        foldText(`${character}\u4e1c`).slice(0, -1),
        ...wordsOf(`${character} a \u4e1c`).slice(0, -1),
      ].join('|');
      if (plain !== tables) different.push(code.toString(16));
    }
    expect(different).toEqual([]);
  });
});

describe('sortKeyOf', () => {
  test('is made of words, so that quotes and dashes do not decide', () => {
    expect(sortKeyOf('«Молоко» — 3,2%')).toBe('молоко 3 2');
  });

  test('a name without words sorts by its signs', () => {
    expect(sortKeyOf(' !!! ')).toBe('!!!');
  });

  test('is cut between characters, never within one', () => {
    const key = sortKeyOf('𝔸'.repeat(5) + '𠀀'.repeat(60));
    expect([...key]).toHaveLength(SORT_KEY_LENGTH_MAX);
    expect(key.isWellFormed()).toBe(true);
  });

  test('is the beginning of the words, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const key = sortKeyOf(text);
        expect([...key].length).toBeLessThanOrEqual(SORT_KEY_LENGTH_MAX);
        if (wordsOf(text).length > 0) expect(wordsOf(text).join(' ').startsWith(key)).toBe(true);
      }),
    );
  });
});
