import { expect, test } from 'vitest';
import { median, percentile, spreadOf } from './statistics.ts';

test('a percentile is the smallest value that so many do not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(percentile(hundred, 0.95)).toBe(95);
  expect(spreadOf(hundred)).toEqual({ p50: 50, p95: 95, max: 100 });
  expect(median([3, 1, 2])).toBe(2);
  expect(median([7])).toBe(7);
  expect(() => median([])).toThrow('missing');
});
