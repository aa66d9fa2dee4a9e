import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { withCheckDigit } from '../domain/gtin.ts';
import { aiAt, formatOfAi } from './application-identifiers.ts';
import { type Gs1Element, readElementStrings } from './element-strings.ts';
import { GS } from './group-separator.ts';

const THIS_YEAR = 2026;
/** Those whose values are easily made at random; every kind and length is among them. */
const IDENTIFIERS = [
  '01',
  '00',
  '10',
  '17',
  '21',
  '30',
  '37',
  '240',
  '3103',
  '410',
  '7003',
  '8005',
  '91',
];
/** No digits, so that no value looks like it hid another element. */
const LETTERS = 'ABCXYZabcxyz-/.%+';

const element: fc.Arbitrary<Gs1Element> = fc.constantFrom(...IDENTIFIERS).chain((ai) => {
  const format = formatOfAi(ai);
  if (!format) throw new Error(`no format for ${ai}`);
  const { min, max } = format;
  const digits = (minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength, maxLength });
  const text = fc.string({
    unit: fc.constantFrom(...Array.from(LETTERS)),
    minLength: min,
    maxLength: max,
  });
  const values = {
    digits: digits(min, max),
    checked: digits(min - 1, max - 1).map(withCheckDigit),
    date: fc.constantFrom('261231', '280229', '260100').map((day) => day.padEnd(max, '0')),
    text,
  };
  return values[format.kind].map((value) => ({ ai, value }));
});
const elements = fc.uniqueArray(element, { minLength: 1, maxLength: 8, selector: ({ ai }) => ai });

it('F3: any elements come out as they went in, with separators where they are needed', () => {
  fc.assert(
    fc.property(elements, (written) => {
      const text = written
        .map(({ ai, value }) => ai + value + (formatOfAi(ai)?.needsSeparator ? GS : ''))
        .join('');
      expect(readElementStrings(text, THIS_YEAR)).toEqual({ elements: written, problems: [] });
      expect(
        readElementStrings(text.replace(new RegExp(`${GS}$`), ''), THIS_YEAR).elements,
      ).toEqual(written);
    }),
  );
});

it('F3: any elements come out of their printed form', () => {
  fc.assert(
    fc.property(elements, (written) => {
      const text = written.map(({ ai, value }) => `(${ai})${value}`).join('');
      expect(readElementStrings(text, THIS_YEAR)).toEqual({ elements: written, problems: [] });
    }),
  );
});

it('C7: a lot that swallowed a date or an article is always marked', () => {
  const lot = fc.string({
    unit: fc.constantFrom(...Array.from(LETTERS)),
    minLength: 1,
    maxLength: 20,
  });
  const rest = fc.constantFrom('17261231', `01${withCheckDigit('0950600013435')}`, '1726123121XY');
  fc.assert(
    fc.property(lot, rest, (value, hidden) => {
      expect(readElementStrings(`10${value}${hidden}`, THIS_YEAR).problems).toContain(
        'missingSeparator',
      );
    }),
  );
});

it('F3: whatever is read, it ends, and nothing is made up', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const { elements: read } = readElementStrings(text, THIS_YEAR);
      for (const { ai, value } of read) {
        expect(text.replaceAll(GS, '')).toContain(value.replaceAll(GS, ''));
        expect(formatOfAi(ai)).not.toBeNull();
      }
    }),
  );
});

it('F3: no identifier is the start of another', () => {
  for (let number = 0; number < 10_000; number++) {
    const digits = String(number).padStart(4, '0');
    const known = [2, 3, 4].filter((length) => formatOfAi(digits.slice(0, length)) !== null);
    expect(known.length, digits).toBeLessThan(2);
    expect(aiAt(digits, 0)).toBe(known[0] === undefined ? null : digits.slice(0, known[0]));
  }
});
