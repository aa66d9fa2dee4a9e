import { minorPlacesOf } from '../../shared/domain/parse-money.ts';

/** An amount as an import reads it: digits and a point, in every language. Null for none. */
export function decimalMoney(minor: number | null, currency: string | null): string | null {
  if (minor === null || currency === null) return null;
  const places = minorPlacesOf(currency);
  if (places === 0) return String(minor);
  const digits = String(minor).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
