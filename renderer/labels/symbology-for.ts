import { checkGtin, withCheckDigit } from '../../shared/domain/gtin.ts';

/** How a code is drawn as bars or squares. The names are those of the library that draws them. */
export type Symbology =
  'ean13' | 'ean8' | 'upca' | 'upce' | 'itf14' | 'code128' | 'gs1_128' | 'qrcode' | 'gs1datamatrix';

/** GS1's way to write several facts in one code: (01)04006381333931(10)LOT7. */
const ELEMENT_STRING = /^\(\d{2,4}\)[\x20-\x7e]+$/;
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
/** Bars for more than this would be longer than any shelf's edge. */
const LINEAR_LENGTH_MAX = 32;

/** What the trade expects to find on goods with such a code, and for our own codes the one that every scanner reads. */
export function symbologyFor(code: string): Symbology {
  if (checkGtin(code) === 'right') return gtinSymbology(code);
  if (ELEMENT_STRING.test(code)) {
    return code.length <= LINEAR_LENGTH_MAX ? 'gs1_128' : 'gs1datamatrix';
  }
  return PRINTABLE_ASCII.test(code) && code.length <= LINEAR_LENGTH_MAX ? 'code128' : 'qrcode';
}

/** The same text in less width, for a label that is too narrow for bars. Null if it is the smallest already. */
export function narrowerSymbology(symbology: Symbology): Symbology | null {
  if (symbology === 'qrcode' || symbology === 'gs1datamatrix') return null;
  return symbology === 'gs1_128' ? 'gs1datamatrix' : 'qrcode';
}

export function isMatrix(symbology: Symbology): boolean {
  return narrowerSymbology(symbology) === null;
}

function gtinSymbology(code: string): Symbology {
  if (code.length === 14) return 'itf14';
  if (code.length === 13) return 'ean13';
  if (code.length === 12) return 'upca';
  return withCheckDigit(code.slice(0, -1)) === code ? 'ean8' : 'upce';
}
