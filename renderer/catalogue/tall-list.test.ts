import { expect, test } from 'vitest';
import { offsetToShow, tallList } from './tall-list.ts';

const VIEW = 600;

test('a list that a browser can lay out is laid out as it is', () => {
  const list = tallList(100_000 * 60, VIEW);
  expect(list.elementHeight).toBe(6_000_000);
  expect(list.rowsPixels(1_234)).toBe(1_234);
});

test('a list of a million rows fits an element, and its ends are its ends', () => {
  const rowsHeight = 1_000_000 * 60;
  const list = tallList(rowsHeight, VIEW);
  expect(list.elementHeight).toBeLessThan(33_000_000);
  expect(list.rowsPixels(0)).toBe(0);
  expect(list.rowsPixels(list.elementHeight - VIEW)).toBeCloseTo(rowsHeight - VIEW, 3);
  expect(list.rowsPixels(list.scrollTop(12_345_678))).toBeCloseTo(12_345_678, 3);
});

test('a row that is out of view is brought to the nearer edge, and one in view stays', () => {
  const view = { rowHeight: 60, viewHeight: VIEW, offset: 6_000 };
  expect(offsetToShow(50, view)).toBe(3_000);
  expect(offsetToShow(100, view)).toBeNull();
  expect(offsetToShow(109, view)).toBeNull();
  expect(offsetToShow(110, view)).toBe(6_060);
});
