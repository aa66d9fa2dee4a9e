import { withCheckDigit } from '../../shared/domain/gtin.ts';

/** Products that are scanned in turn; every seventh scan is of a box of 10. */
export const SCANNED_PRODUCTS = 40;
const BOX_EVERY = 7;
const BOX = 10;
const ID_DIGITS = 12;

export function codeOfProduct(number: number): string {
  return withCheckDigit(`400000${String(number).padStart(6, '0')}`);
}

export function codeOfBox(number: number): string {
  return withCheckDigit(`1400000${String(number).padStart(6, '0')}`);
}

/** A scan of the list, the same each time that it is asked for. */
export function plannedScan(number: number): {
  scanId: string;
  text: string;
  product: number;
  quantity: number;
} {
  const product = (number * 13) % SCANNED_PRODUCTS;
  const isBox = number % BOX_EVERY === 0;
  return {
    scanId: `0190a000-0001-7000-8000-${number.toString(16).padStart(ID_DIGITS, '0')}`,
    text: isBox ? codeOfBox(product) : codeOfProduct(product),
    product,
    quantity: isBox ? BOX : 1,
  };
}

/** What the first scans of the list add up to, by product. */
export function plannedTotals(scans: number): Map<number, number> {
  const totals = new Map<number, number>();
  for (let number = 0; number < scans; number++) {
    const { product, quantity } = plannedScan(number);
    totals.set(product, (totals.get(product) ?? 0) + quantity);
  }
  return totals;
}
