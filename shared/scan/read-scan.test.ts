import { expect, it, describe } from 'vitest';
import { GS } from './group-separator.ts';
import { readScan } from './read-scan.ts';
import { DEFAULT_SCANNER } from './scanner-profile.ts';

const GTIN = '09506000134352';
const AT = Date.UTC(2026, 10, 23);
const read = (text: string) => readScan(text, DEFAULT_SCANNER, AT);

describe('F3: GS1', () => {
  it.each([
    ['with separators', `]C101${GTIN}10AB-1${GS}1727022821XyZ9${GS}3012`],
    ['of DataMatrix', `]d201${GTIN}1727022810AB-1${GS}21XyZ9${GS}3012`],
    [
      'with a separator after every element',
      `]Q301${GTIN}${GS}10AB-1${GS}17270228${GS}21XyZ9${GS}3012${GS}`,
    ],
    ['without a word from the reader', `01${GTIN}10AB-1${GS}1727022821XyZ9${GS}3012`],
    ['that begins with a separator', `${GS}01${GTIN}10AB-1${GS}1727022821XyZ9${GS}3012`],
    ['with brackets', `(01)${GTIN}(10)AB-1(17)270228(21)XyZ9(30)12`],
    [
      'as a Digital Link',
      `https://id.example.com/shop/01/${GTIN}/10/AB-1/21/XyZ9?17=270228&30=12&from=box`,
    ],
  ])('F3: reads article, lot, expiry, serial and quantity %s', (_, text) => {
    expect(read(text)).toMatchObject({
      code: GTIN,
      gtin: GTIN,
      lot: 'AB-1',
      serial: 'XyZ9',
      expiresOn: Date.UTC(2027, 1, 28),
      quantity: 12,
      problems: [],
    });
  });

  it('F3: reads a logistic unit with its content', () => {
    expect(read('00340123450000000000')).toMatchObject({
      sscc: '340123450000000000',
      code: '340123450000000000',
      problems: [],
    });
    expect(read(`]C10034012345000000000002${GTIN}3748`)).toMatchObject({
      gtin: GTIN,
      quantity: 48,
      sscc: '340123450000000000',
    });
  });

  it('F3: says that a check digit is wrong, and keeps what was read', () => {
    const wrong = '09506000134353';
    expect(read(`]C101${wrong}10A`)).toMatchObject({
      code: wrong,
      gtin: null,
      lot: 'A',
      problems: ['wrongCheckDigit'],
    });
    expect(read('4006381333932').problems).toEqual(['wrongCheckDigit']);
    expect(read(']E04006381333931')).toMatchObject({
      code: '4006381333931',
      gtin: '04006381333931',
    });
  });

  it('F3: takes day 00 for the last of the month and refuses days that do not exist', () => {
    expect(read(`]C101${GTIN}17280200`).expiresOn).toBe(Date.UTC(2028, 1, 29));
    expect(read(`]C101${GTIN}17270229`)).toMatchObject({ expiresOn: null, problems: ['badDate'] });
    expect(read(`]C101${GTIN}17271301`)).toMatchObject({ expiresOn: null, problems: ['badDate'] });
  });

  it('F3: reads years of two digits as at most 50 ahead', () => {
    expect(read(`]C11776010110A`).expiresOn).toBe(Date.UTC(2076, 0, 1));
    expect(read(`]C11777010110A`).expiresOn).toBe(Date.UTC(1977, 0, 1));
    const late = Date.UTC(2080, 0, 1);
    const lateYear = (text: string) => readScan(text, DEFAULT_SCANNER, late).expiresOn;
    expect(lateYear(']C117300101')).toBe(Date.UTC(2130, 0, 1));
    expect(lateYear(']C117310101')).toBe(Date.UTC(2031, 0, 1));
  });

  it('F3: leaves plain codes alone, digits and case', () => {
    for (const code of ['10ABC', 'aBc-01', '0104012', 'SKU 12', '123456789012345', '(x)1']) {
      expect(read(code)).toMatchObject({ code, gtin: null, elements: [] });
    }
    expect(read(']C0100ABC')).toMatchObject({ code: '100ABC', symbology: ']C0', problems: [] });
    expect(read(']E3400638133393112')).toMatchObject({ code: '4006381333931' });
  });

  it('F3: brings all spellings of an article number together', () => {
    for (const code of ['036000291452', '0036000291452']) {
      expect(read(code).gtin).toBe('00036000291452');
    }
    expect(read('96385074').gtin).toBe('00000096385074');
  });
});

it('F4: knows the labels of locations', () => {
  expect(read(']C0LOC:A-01-b')).toMatchObject({ location: 'A-01-b', code: 'A-01-b', gtin: null });
  expect(read('LOC:')).toMatchObject({ location: null, code: 'LOC:' });
});

it('C7: an element that ran on for lack of a separator is marked', () => {
  expect(read(`]C101${GTIN}10AB117270228`).problems).toEqual(['missingSeparator']);
  expect(read(`]C110AB101${GTIN}`).problems).toEqual(['missingSeparator']);
  expect(read(`]C110${'A'.repeat(21)}`).problems).toEqual(['missingSeparator']);
  expect(read(`]C101${GTIN}10AB1${GS}17270228`).problems).toEqual([]);
  expect(read(`(01)${GTIN}(10)AB117270228`).problems).toEqual([]);
});

it('C7: a profile may name texts that stand for the separator', () => {
  const profile = { separators: ['F8', '{GS}', '|'] };
  for (const mark of ['{GS}', '|']) {
    const context = readScan(`]C101${GTIN}10AB1${mark}21F8`, profile, AT);
    expect(context).toMatchObject({ lot: 'AB1', serial: 'F8', problems: [] });
  }
});

it('C8: symbology prefix and control characters are no part of the code', () => {
  expect(read('\u0002]E04006381333931\u0003\r\n').code).toBe('4006381333931');
  expect(read(' AB\u001dC\t').code).toBe('ABC');
  expect(read(`\u0002]d201${GTIN}10L1\u0004`)).toMatchObject({ lot: 'L1', code: GTIN });
});
