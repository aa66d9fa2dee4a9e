import type { TrackingKind } from '../entities/product.ts';

/** What is known of one line that is to be posted, from a count or from a sheet. */
export interface CheckedLine {
  /** Of whoever asks, to find the line again. */
  key: string;
  /** Null: there is no such product here. */
  product: { id: string; tracking: TrackingKind; tracksExpiry: boolean } | null;
  /** Null: there is no such place here. */
  place: { isPlanned: boolean } | null;
  lot: string;
  serial: string;
  /** UTC epoch milliseconds. */
  expiresOn: number | null;
  /** Null: somebody asked for another look, and nobody has looked yet. */
  counted: number | null;
  /** At the instant of the count; null if it is not known. */
  book: number | null;
  /** What would lie there now once it is posted; null if it is not known. */
  after: number | null;
}

export const COUNT_ERRORS = [
  'unknownProduct',
  'unknownPlace',
  'notCounted',
  'negative',
  'tooMany',
  'lotMissing',
  'serialMissing',
  'serialMany',
  'serialTwice',
] as const;
export const COUNT_WARNINGS = [
  'placeOutsidePlan',
  'expired',
  'expiryMissing',
  'farOff',
  'belowZero',
] as const;

export type CountProblemCode = (typeof COUNT_ERRORS)[number] | (typeof COUNT_WARNINGS)[number];

export interface CountProblem {
  key: string;
  code: CountProblemCode;
  /** An error keeps the count from being approved. */
  isError: boolean;
}

/** What a line may hold at most, as its field says. */
const COUNTED_MAX = 1_000_000_000;
/** A difference of more than half of what is more, and of more than a handful, is rather a slip than a loss. */
const FAR_OFF_SHARE = 0.5;
const FAR_OFF_PIECES = 10;

/** Looks at every line once and says everything that is wrong, in the order of the lines. */
export function checkCount(lines: readonly CheckedLine[], now: number): CountProblem[] {
  const serials = new Map<string, number>();
  for (const line of lines) {
    const serial = serialOf(line);
    if (serial !== null) serials.set(serial, (serials.get(serial) ?? 0) + 1);
  }
  return lines.flatMap((line) => {
    const found: CountProblemCode[] = [...wrongOf(line), ...oddOf(line, now)];
    const serial = serialOf(line);
    if (serial !== null && (serials.get(serial) ?? 0) > 1) found.push('serialTwice');
    return found.map((code) => ({ key: line.key, code, isError: isCountError(code) }));
  });
}

function isCountError(code: CountProblemCode): boolean {
  return (COUNT_ERRORS as readonly string[]).includes(code);
}

function wrongOf({ product, place, lot, serial, counted }: CheckedLine): CountProblemCode[] {
  const wrong: CountProblemCode[] = [];
  if (product === null) wrong.push('unknownProduct');
  if (place === null) wrong.push('unknownPlace');
  if (counted === null) return [...wrong, 'notCounted'];
  if (counted < 0) wrong.push('negative');
  if (counted > COUNTED_MAX) wrong.push('tooMany');
  if (counted > 0 && product?.tracking === 'lot' && lot === '') wrong.push('lotMissing');
  if (counted > 0 && product?.tracking === 'serial' && serial === '') wrong.push('serialMissing');
  if (counted > 1 && serial !== '') wrong.push('serialMany');
  return wrong;
}

function oddOf(line: CheckedLine, now: number): CountProblemCode[] {
  const { product, place, expiresOn, counted, book, after } = line;
  const odd: CountProblemCode[] = [];
  if (place?.isPlanned === false) odd.push('placeOutsidePlan');
  if (counted !== null && counted > 0) {
    if (expiresOn !== null && expiresOn + DAY_MS <= now) odd.push('expired');
    if (expiresOn === null && product?.tracksExpiry === true) odd.push('expiryMissing');
  }
  if (after !== null && after < 0) odd.push('belowZero');
  if (counted !== null && book !== null) {
    const difference = Math.abs(counted - book);
    const most = Math.max(Math.abs(counted), Math.abs(book));
    if (difference > FAR_OFF_PIECES && difference > most * FAR_OFF_SHARE) odd.push('farOff');
  }
  return odd;
}

const DAY_MS = 86_400_000;

/** A serial number that somebody saw; there is one of each of a product. */
function serialOf({ product, serial, counted }: CheckedLine): string | null {
  if (serial === '' || product === null || counted === null || counted <= 0) return null;
  return `${product.id} ${serial}`;
}
