import { must } from '../../shared/domain/assert.ts';

export interface GrowthPoint {
  rows: number;
  value: number;
}

/**
 * The `e` of time ∝ rows^e that fits best: the slope of the logarithms by least squares. 1 grows as the rows do, 0 not at
 * all. Null for fewer than two sizes.
 */
export function exponentOf(points: readonly GrowthPoint[]): number | null {
  const sizes = new Set(points.map(({ rows }) => rows));
  if (sizes.size < 2) return null;
  const logs = points.map(({ rows, value }) => ({ x: Math.log(rows), y: Math.log(value) }));
  const middleX = mean(logs.map(({ x }) => x));
  const middleY = mean(logs.map(({ y }) => y));
  const together = mean(logs.map(({ x, y }) => (x - middleX) * (y - middleY)));
  return together / mean(logs.map(({ x }) => (x - middleX) ** 2));
}

function mean(values: readonly number[]): number {
  must(values[0], 'a value');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
