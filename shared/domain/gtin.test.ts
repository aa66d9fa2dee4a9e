import { describe, expect, it } from 'vitest';
import { checkGtin, otherGtinSpellings, withCheckDigit } from './gtin.ts';

describe('checkGtin', () => {
  it.each(['96385074', '036000291452', '4006381333931', '14006381333938'])(
    'takes %s, whose check digit is right',
    (code) => {
      expect(checkGtin(code)).toBe('right');
    },
  );

  it('refuses every other last digit', () => {
    for (const digit of '023456789') {
      expect(checkGtin(`400638133393${digit}`)).toBe('wrongCheckDigit');
    }
  });

  it('takes UPC-E by the check digit of the number it stands for', () => {
    // 04252614 stands for 042100005264.
    expect(checkGtin('04252614')).toBe('right');
    expect(checkGtin('04252615')).toBe('wrongCheckDigit');
  });

  it.each([
    '',
    '1',
    '1234567',
    '12345678901',
    '123456789012345',
    '40063813 3931',
    '0000000000000',
    'ABCDEFGH',
  ])('says that “%s” is no GTIN', (code) => {
    expect(checkGtin(code)).toBe('notGtin');
  });
});

describe('withCheckDigit', () => {
  it('makes numbers that checkGtin takes', () => {
    expect(withCheckDigit('400638133393')).toBe('4006381333931');
    expect(withCheckDigit('9638507')).toBe('96385074');
  });
});

describe('otherGtinSpellings', () => {
  it('adds and drops leading zeros', () => {
    expect(otherGtinSpellings('036000291452')).toEqual(['0036000291452', '00036000291452']);
    expect(otherGtinSpellings('0036000291452')).toContain('036000291452');
  });

  it('gives the long form of UPC-E', () => {
    expect(otherGtinSpellings('04252614')).toContain('042100005264');
  });

  it('gives nothing for a code that is no GTIN', () => {
    expect(otherGtinSpellings('A-17')).toEqual([]);
    expect(otherGtinSpellings('4006381333932')).toEqual([]);
  });
});
