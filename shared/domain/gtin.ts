/**
 * Article numbers of GS1: GTIN-8, -12 (UPC-A), -13 (EAN) and -14, and UPC-E, the eight-digit short form of some UPC-A
 * numbers. All end in a check digit; that of UPC-E is the check digit of the number it stands for.
 */
const GTIN_DIGITS = /^(?:\d{8}|\d{12,14})$/;
const ONLY_ZEROS = /^0+$/;

export type GtinCheck = 'right' | 'wrongCheckDigit' | 'notGtin';

/** Looks at the digits only. A run of zeros adds up, but is what a spreadsheet makes of an empty cell. */
export function checkGtin(code: string): GtinCheck {
  if (!GTIN_DIGITS.test(code) || ONLY_ZEROS.test(code)) return 'notGtin';
  if (checkDigitFits(code)) return 'right';
  const longForm = expandUpcE(code);
  return longForm !== null && checkDigitFits(longForm) ? 'right' : 'wrongCheckDigit';
}

/** Appends the check digit. */
export function withCheckDigit(digits: string): string {
  return digits + String(checkDigitOf(digits));
}

/**
 * The other ways to write the same number: scanners add or drop leading zeros, and some send the long form of UPC-E.
 * Without the code itself; empty if it is no GTIN.
 */
export function otherGtinSpellings(code: string): readonly string[] {
  if (checkGtin(code) !== 'right') return [];
  const spellings = new Set<string>();
  const longForm = expandUpcE(code);
  for (const number of longForm !== null && checkDigitFits(longForm) ? [code, longForm] : [code]) {
    if (!checkDigitFits(number)) continue;
    const digits = number.replace(/^0+/, '');
    for (const length of [8, 12, 13, 14]) {
      if (digits.length <= length) spellings.add(digits.padStart(length, '0'));
    }
  }
  spellings.delete(code);
  return [...spellings];
}

function checkDigitFits(code: string): boolean {
  return checkDigitOf(code.slice(0, -1)) === Number(code.at(-1));
}

/** Weights 3, 1, 3 … from the right. */
function checkDigitOf(digits: string): number {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - ZERO;
    sum += at % 2 === 0 ? 3 * digit : digit;
  }
  return (10 - (sum % 10)) % 10;
}

const ZERO = '0'.charCodeAt(0);

/** UPC-E leaves out a run of zeros; its seventh digit says where they were. Null if the code cannot be UPC-E. */
function expandUpcE(code: string): string | null {
  if (code.length !== 8 || (code[0] !== '0' && code[0] !== '1')) return null;
  const system = code.slice(0, 1);
  const digits = code.slice(1, 7);
  const last = digits.slice(5);
  const check = code.slice(7);
  if (last <= '2') return `${system}${digits.slice(0, 2)}${last}0000${digits.slice(2, 5)}${check}`;
  if (last === '3') return `${system}${digits.slice(0, 3)}00000${digits.slice(3, 5)}${check}`;
  if (last === '4') return `${system}${digits.slice(0, 4)}00000${digits.slice(4, 5)}${check}`;
  return `${system}${digits.slice(0, 5)}0000${last}${check}`;
}
