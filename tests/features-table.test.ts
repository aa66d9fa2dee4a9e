import { expect, test } from 'vitest';
import { brokenLinks, linkedRows } from './support/linked-table.ts';

/**
 * `docs/FEATURES.md` says for every feature that warehouse staff expect, and every complaint about other systems, where we
 * hold it. A feature that is a must, and every complaint, has a test named after it.
 */
const MUSTS = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 24, 29, 30, 31, 32, 34,
].map((number) => `F${number}`);
const OTHERS = [14, 21, 22, 23, 25, 26, 27, 28, 33, 35, 36].map((number) => `F${number}`);
const COMPLAINTS = [
  ...Array.from({ length: 10 }, (_, at) => `C${at + 1}`),
  ...Array.from({ length: 17 }, (_, at) => `S${at + 1}`),
];
const rows = linkedRows('FEATURES.md', 'row');

test('every feature and every complaint has one row', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(
    [...MUSTS, ...OTHERS, ...COMPLAINTS].toSorted(),
  );
});

test.each(rows.map((row) => [row.name, row] as const))('%s', (name, row) => {
  expect(brokenLinks(row)).toEqual([]);
  const isNamed = row.tests.some(({ title }) => new RegExp(`\\b${name}\\b`).test(title));
  expect(isNamed || OTHERS.includes(name)).toBe(true);
});
