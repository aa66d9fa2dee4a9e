import {
  code128,
  type DrawingContext,
  ean13,
  ean8,
  gs1_128,
  gs1datamatrix,
  itf14,
  qrcode,
  type RenderOptions,
  upca,
  upce,
} from 'bwip-js/generic';
import { isMatrix, narrowerSymbology, type Symbology, symbologyFor } from './symbology-for.ts';

/** The dark parts of a barcode, measured in its narrowest bar. */
export interface EncodedBarcode {
  symbology: Symbology;
  width: number;
  /** Of bars it is 1: they may be drawn as high as there is room. */
  height: number;
  /** An SVG path; parts that overlap are holes. */
  path: string;
  /** What must stay white on each side for a scanner to find it. */
  quiet: number;
}

type Encoder = (options: RenderOptions, drawing: DrawingContext<Drawn>) => Drawn;

const ENCODERS: Readonly<Record<Symbology, Encoder>> = {
  ean13,
  ean8,
  upca,
  upce,
  itf14,
  code128,
  gs1_128,
  qrcode,
  gs1datamatrix,
};

/** From the standards; of the two sides of EAN and UPC the wider one. */
const QUIET: Readonly<Record<Symbology, number>> = {
  ean13: 11,
  ean8: 7,
  upca: 9,
  upce: 9,
  itf14: 10,
  code128: 10,
  gs1_128: 10,
  qrcode: 4,
  gs1datamatrix: 1,
};

/** The barcode of a code, or null if its symbology cannot hold it. */
export function encodeBarcode(code: string, symbology: Symbology): EncodedBarcode | null {
  // A frame of bars round an ITF is for printing on cardboard.
  const options: RenderOptions = { bcid: symbology, text: code, scale: 1, showborder: false };
  try {
    const { path, width, height } = ENCODERS[symbology](options, collectShapes());
    const quiet = QUIET[symbology];
    return { symbology, path, width, height: isMatrix(symbology) ? height : 1, quiet };
  } catch {
    // The library throws a sentence of its own for whatever it cannot encode.
    return null;
  }
}

/** All that a code may be printed as, the best first. Each is made when it is asked for: it takes milliseconds. */
export type Encodings = (code: string) => Iterable<EncodedBarcode>;

/** Codes are drawn again and again while a person tries layouts. */
const REMEMBERED_MAX = 2_000;

/** Encodes each code once. A code that pretends to be GS1 and is not still gets a barcode. */
export function rememberEncodings(): Encodings {
  const known = new Map<string, EncodedBarcode | null>();
  const encode = (code: string, symbology: Symbology): EncodedBarcode | null => {
    const key = `${symbology} ${code}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED_MAX) known.clear();
    const made = encodeBarcode(code, symbology);
    known.set(key, made);
    return made;
  };
  return function* encodings(code) {
    const best = symbologyFor(code);
    for (const symbology of new Set<Symbology>([best, narrowerSymbology(best) ?? best, 'qrcode'])) {
      const barcode = encode(code, symbology);
      if (barcode) yield barcode;
    }
  };
}

export interface Drawn {
  path: string;
  width: number;
  height: number;
}

/** Takes down the shapes that the library would draw: bars as lines, squares as polygons. */
export function collectShapes(): DrawingContext<Drawn> {
  let path = '';
  let width = 0;
  let height = 0;
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: () => undefined,
    // It gets where a bar starts and ends too, but how high it is, is ours to say.
    line: (...[x, , , , thick]) => {
      // A line's place is its middle, rounded up where that is no whole number.
      const left = x - Math.ceil(thick / 2);
      path += `M${left} 0h${thick}v1h-${thick}z`;
      width = Math.max(width, left + thick);
    },
    polygon: (points) => {
      path += `M${points.map(([x, y]) => `${x} ${y}`).join('L')}z`;
      for (const [x, y] of points) {
        width = Math.max(width, x);
        height = Math.max(height, y);
      }
    },
    hexagon: () => undefined,
    ellipse: () => undefined,
    fill: () => undefined,
    text: () => undefined,
    end: () => ({ path, width, height }),
  };
}
