import { must } from '../shared/domain/assert.ts';

/** The smallest value that at least this share of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b);
  const at = Math.max(0, Math.ceil(ascending.length * share) - 1);
  return must(ascending[at], 'a value to take a percentile of');
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export interface Spread {
  p50: number;
  p95: number;
  max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { p50: median(values), p95: percentile(values, 0.95), max: percentile(values, 1) };
}
