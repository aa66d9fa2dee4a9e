import { expect, test } from 'vitest';
import { checkGtin } from '../shared/domain/gtin.ts';
import { sampleLines } from './sample-catalogue.ts';

const ROWS = 2_000;

test('the same seed gives the same products, another seed others', () => {
  const once = [...sampleLines(ROWS, 7)];
  expect([...sampleLines(ROWS, 7)]).toEqual(once);
  expect([...sampleLines(ROWS, 8)]).not.toEqual(once);
});

test('codes are valid and used once, and names are written in Latin and in Cyrillic', () => {
  const products = [...sampleLines(ROWS, 1)].map((line) => line.trimEnd().split('\t'));
  const skus = new Set(products.map(([sku]) => sku));
  const barcodes = new Set(products.map(([, barcode]) => barcode));
  expect(skus.size).toBe(ROWS);
  expect(barcodes.size).toBe(ROWS);
  for (const barcode of barcodes) expect(checkGtin(barcode ?? '')).toBe('right');
  const names = products.map(([, , name = '']) => name);
  expect(names.filter((name) => /\p{Script=Cyrillic}/u.test(name)).length).toBeGreaterThan(
    ROWS / 20,
  );
  expect(names.filter((name) => /^\p{Script=Latin}/u.test(name)).length).toBeGreaterThan(ROWS / 2);
});
