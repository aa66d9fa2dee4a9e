/** More digits than this are not exact in a double, and no price needs them. */
const DIGITS_MAX = 15;
const AMOUNT = /^(\d+)(?:[.,](\d+))?$/;

/**
 * A decimal amount in minor units of its currency, worked out on the digits and never in floating point. Comma and point
 * both part the decimals. Null if it is not an amount, and also if it has more decimals than the currency: `1,234` may be
 * meant as a thousand and more.
 */
export function parseMoney(text: string, currency: string): number | null {
  const match = AMOUNT.exec(text);
  if (match === null) return null;
  const [, whole = '', decimals = ''] = match;
  const places = minorPlacesOf(currency);
  if (decimals.length > places) return null;
  const digits = whole + decimals.padEnd(places, '0');
  return digits.length > DIGITS_MAX ? null : Number(digits);
}

/** 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorPlacesOf(currency: string): number {
  let places = PLACES.get(currency);
  if (places === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    places = format.resolvedOptions().maximumFractionDigits ?? 2;
    if (PLACES.size >= CURRENCIES_MAX) PLACES.clear();
    PLACES.set(currency, places);
  }
  return places;
}

/** Asking Intl costs more than parsing. There are fewer than 200 currencies in use. */
const CURRENCIES_MAX = 500;
const PLACES = new Map<string, number>();
