import { type Comparison, compare } from './baseline.ts';
import type { Measurement } from './measurement.ts';

/** A busy machine makes one run lie, and seldom three of them. */
const AGAIN_MAX = 2;

type Named = Pick<Measurement, 'name' | 'ratio'>;

/** What seems worse than the baseline is measured again, and the best counts. */
export async function checkRatios(
  ratios: Readonly<Record<string, number>>,
  measured: readonly Named[],
  measureAgain: (names: readonly string[]) => Promise<readonly Named[]>,
): Promise<Comparison[]> {
  let comparisons = compare(ratios, measured);
  for (let again = 0; again < AGAIN_MAX; again++) {
    const worse = comparisons.filter(({ isWorse }) => isWorse).map(({ name }) => name);
    if (worse.length === 0) break;
    const repeated = new Map((await measureAgain(worse)).map(({ name, ratio }) => [name, ratio]));
    comparisons = compare(
      ratios,
      comparisons.map(({ name, ratio }) => ({
        name,
        ratio: Math.min(ratio, repeated.get(name) ?? ratio),
      })),
    );
  }
  return comparisons;
}

const WIDTHS = [22, 10, 10, 10] as const;

export function comparisonTable(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map(({ name, ratio, baseline, change, isWorse }) => [
    name,
    baseline === null ? 'none' : times(baseline),
    times(ratio),
    change === null ? '' : percent(change),
    isWorse ? 'WORSE' : '',
  ]);
  return [['measurement', 'baseline', 'now', 'change', ''], ...rows]
    .map((cells) => cells.map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0)).join(' '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}

function percent(change: number): string {
  const difference = Math.round((change - 1) * 100);
  return `${difference > 0 ? '+' : ''}${difference} %`;
}
