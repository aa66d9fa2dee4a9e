import type { Measurement } from '../measurement.ts';
import type { StoredResults } from '../stored-results.ts';
import { count, short } from './format-value.ts';
import { exponentOf, type GrowthPoint } from './growth.ts';
import { markdownTable } from './markdown-table.ts';
import { limitMillisecondsOf, measurementsOf, millisecondsOf } from './stored-measurements.ts';

export interface Growth {
  name: string;
  ours: readonly GrowthPoint[];
  limit: readonly GrowthPoint[];
}

/** Of every measurement that is a time. */
export function growthOf(results: readonly StoredResults[], names: readonly string[]): Growth[] {
  const all = results.flatMap((ofSize) => measurementsOf(ofSize, names));
  return [...new Set(all.map(({ name }) => name))].flatMap((name) => {
    const own = all.filter((each) => each.name === name && millisecondsOf(each) !== null);
    const points = (value: (measurement: Measurement) => number): GrowthPoint[] =>
      own.map((each) => ({ rows: each.rows, value: value(each) }));
    if (own.length === 0) return [];
    return [
      {
        name,
        ours: points((each) => millisecondsOf(each) ?? 0),
        limit: points(limitMillisecondsOf),
      },
    ];
  });
}

/** Times at every size, and how they grow with it. */
export function growthTable(results: readonly StoredResults[], names: readonly string[]): string {
  const head = [
    'measurement',
    ...results.map(({ rows }) => count(rows)),
    'exponent',
    'of the limit',
  ];
  return markdownTable(
    head,
    growthOf(results, names).map(({ name, ours, limit }) => [
      `\`${name}\``,
      ...results.map(({ runs }) => {
        const measured = runs.flatMap(({ lines }) => lines).find((line) => line.name === name);
        const point = ours.find(({ rows }) => rows === measured?.rows);
        return point ? time(point.value) : '';
      }),
      power(exponentOf(ours)),
      power(exponentOf(limit)),
    ]),
  );
}

export function time(ms: number): string {
  return ms < 1_000 ? `${short(ms)} ms` : `${short(ms / 1_000)} s`;
}

function power(exponent: number | null): string {
  return exponent === null ? '' : exponent.toFixed(2);
}
