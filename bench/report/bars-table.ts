import type { StoredResults } from '../stored-results.ts';
import { BARS, type Bar } from './bars.ts';
import { count, short } from './format-value.ts';
import { markdownTable } from './markdown-table.ts';
import { measurementsOf } from './stored-measurements.ts';

/** Bars are promised from here on; a smaller catalogue is mostly the fixed cost of a run. */
const ROWS_MIN = 100_000;
const NOT_MEASURED = 'not measured';

/** What was measured against each bar, at the sizes for which bars are promised. */
export function barsTable(results: readonly StoredResults[]): string {
  const sizes = results.filter(({ rows }) => rows >= ROWS_MIN);
  return markdownTable(
    ['work', 'bar', ...sizes.map(({ rows }) => `at ${count(rows)}`), ''],
    BARS.map((bar) => {
      const values = sizes.map((ofSize) => valueAt(bar, ofSize));
      const cells = values.map((value) =>
        value === undefined ? NOT_MEASURED : amount(bar, value),
      );
      return [bar.work, `${bar.what}≤ ${amount(bar, bar.most)}`, ...cells, verdict(bar, values)];
    }),
  );
}

function valueAt(bar: Bar, results: StoredResults): number | undefined {
  const found = measurementsOf(results, []).find(({ name }) => name === bar.measurement);
  return found && bar.value(found);
}

function verdict({ most }: Bar, values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return '';
  return known.every((value) => value <= most) ? 'holds' : '**over**';
}

function amount({ unit }: Bar, value: number): string {
  const digits = Number.isInteger(value) || value >= 100 ? count(value) : short(value);
  return `${digits} ${unit}`;
}
