import { expect, test } from 'vitest';
import type { Measurement } from '../measurement.ts';
import type { StoredLine, StoredResults } from '../stored-results.ts';
import { barsTable } from './bars-table.ts';
import { BARS } from './bars.ts';
import { betweenMarkers } from './between-markers.ts';
import { drawGrowth } from './draw-growth.ts';
import { drawRatios } from './draw-ratios.ts';
import { bytes, detail, short } from './format-value.ts';
import { growthTable } from './growth-table.ts';
import { exponentOf } from './growth.ts';
import { decadesAround } from './log-scale.ts';
import { peersTables } from './peers-table.ts';
import { sizeSections } from './size-sections.ts';
import { MEASUREMENTS } from '../run-bench.ts';

function measurement(name: string, rows: number, more: Partial<Measurement>): Measurement {
  return { name, rows, limit: 1, ratio: 1, rssMb: 100, details: {}, ...more };
}

function results(rows: number, lines: readonly StoredLine[]): StoredResults {
  const run = {
    startedAt: '2026-11-23T08:00:00Z',
    command: `npm run bench -- --rows ${rows}`,
    machine: 'a machine',
    node: 'v24.1.0',
    loadAtStart: 0.25,
    catalogue: { products: rows, rejected: 0, file: null },
  };
  return { rows, runs: [{ ...run, lines: [...lines] }] };
}

const SYNC = 'first-sync-pages';
const sync = (rows: number, seconds: number, ratio = 1.4): Measurement =>
  measurement(SYNC, rows, { seconds, limit: seconds / ratio, ratio });

/** Cells of the line that has this one, without the formatting. */
function cells(table: string, cell: string): string[] {
  const line = table.split('\n').find((each) => each.includes(`| ${cell} |`)) ?? '';
  return line
    .split('|')
    .slice(1, -1)
    .map((each) => each.trim());
}

test('numbers have three digits and their unit', () => {
  expect([0.016, 1.444, 78.44, 640.2, 26_000].map(short)).toEqual([
    '0.02',
    '1.44',
    '78.4',
    '640',
    '26,000',
  ]);
  expect([28.3, 1_116, 57_600, 57_600_000].map(bytes)).toEqual([
    '28.3 bytes',
    '1,116 bytes',
    '57.6 KB',
    '57.6 MB',
  ]);
  expect(detail('writeP99ms', 4)).toBe('4.00 ms');
  expect(detail('workerHeapMb', 153.4)).toBe('153 MB');
  expect(detail('scans', 120)).toBe('120');
});

test('the exponent is that of the line through the logarithms', () => {
  const points = [10, 100, 1_000].map((rows) => ({ rows, value: 3 * rows ** 1.5 }));
  expect(exponentOf(points)).toBeCloseTo(1.5, 10);
  expect(
    exponentOf([
      { rows: 1, value: 1 },
      { rows: 10, value: 1 },
      { rows: 100, value: 1_000 },
    ]),
  ).toBeCloseTo(1.5, 10);
  expect(exponentOf([{ rows: 10, value: 1 }])).toBeNull();
});

test('a section per size, the largest first, with times in their units and details worth saying', () => {
  const text = sizeSections(
    [
      results(10_000, [sync(10_000, 1.2)]),
      results(100_000, [
        measurement('search', 100_000, {
          p50ms: 1.5,
          p95ms: 3.01,
          limit: 0.33,
          ratio: 4.5,
          details: { limitP95ms: 3.44, callerP50ms: 2 },
        }),
        measurement(SYNC, 100_000, {
          seconds: 8.14,
          details: { workerHeapMb: 112, bytesPerRow: 34.3 },
        }),
        measurement('footprint', 100_000, { bytes: 250_000, limit: 60_000 }),
      ]),
    ],
    MEASUREMENTS,
  );
  expect(text.indexOf('### 100,000 products')).toBeLessThan(text.indexOf('### 10,000 products'));
  expect(text.indexOf(SYNC)).toBeLessThan(text.indexOf('`search`'));
  expect(cells(text, '`search`')).toEqual([
    '`search`',
    '4.50 ×',
    '1.50 / 3.01 ms',
    '0.33 / 3.44 ms',
    '100 MB',
    '',
  ]);
  expect(cells(text, `\`${SYNC}\``).slice(2)).toEqual(['8.14 s', '1.00 s', '100 MB', '112 MB']);
  expect(cells(text, '`footprint`').slice(2, 4)).toEqual(['250 KB', '60.0 KB']);
  expect(text).toContain('34.3 bytes a row');
});

test('a bar holds only if every size that was measured holds it', () => {
  const table = (ratios: readonly number[]): string =>
    barsTable([
      results(10_000, [sync(10_000, 1, 9)]),
      ...ratios.map((ratio, at) => results(100_000 * 10 ** at, [sync(100_000, 1, ratio)])),
    ]);
  const held = cells(table([1.5, 1.2]), 'first sync by pages');
  expect(held.slice(2)).toEqual(['1.50 ×', '1.20 ×', 'holds']);
  expect(cells(table([1.51, 1.2]), 'first sync by pages').at(-1)).toBe('**over**');
  expect(cells(table([1]), '1,000 operations pushed').slice(2)).toEqual(['not measured', '']);
});

test('every bar is of a measurement that exists', () => {
  const names: readonly string[] = MEASUREMENTS;
  expect(BARS.filter((bar) => !names.includes(bar.measurement))).toEqual([]);
});

test('growth tells the time at each size, with a gap where there is none', () => {
  const table = growthTable(
    [
      results(10_000, [sync(10_000, 0.1)]),
      results(100_000, [measurement('search', 100_000, { p50ms: 2 })]),
      results(1_000_000, [sync(1_000_000, 10)]),
    ],
    MEASUREMENTS,
  );
  expect(cells(table, `\`${SYNC}\``).slice(1)).toEqual(['100 ms', '', '10.0 s', '1.00', '1.00']);
  expect(cells(table, '`search`').slice(1)).toEqual(['', '2.00 ms', '', '', '']);
});

test('others stand beside ours, and why one did not finish', () => {
  const table = peersTables([
    results(100_000, [
      sync(100_000, 2),
      measurement('peer:loki:first-sync', 100_000, {
        seconds: 3,
        details: { longestBlockMs: 1_500, durable: 0 },
      }),
      { name: 'peer:loki:nothing-changed', rows: 100_000, unfinished: 'took too long' },
    ]),
  ]);
  expect(cells(table, 'loki')).toEqual([
    'loki',
    '3.00 s',
    '1.50 s',
    '100 MB',
    '',
    '',
    'took too long',
    'in memory only',
  ]);
  expect(cells(table, 'Tallyman, by pages')[1]).toBe('2.00 s');
  expect(table).not.toContain('by a snapshot');
});

test('only what is between the markers is written', () => {
  const page = 'before\n<!-- bench:a -->\nold\n<!-- /bench:a -->\nafter\n';
  const written = betweenMarkers(page, 'a', 'new');
  expect(written).toBe('before\n<!-- bench:a -->\n\nnew\n\n<!-- /bench:a -->\nafter\n');
  expect(betweenMarkers(written, 'a', 'new')).toBe(written);
  expect(() => betweenMarkers(page, 'b', 'new')).toThrow('no place for the b');
});

test('decades enclose the values', () => {
  expect(decadesAround([0.02, 24])).toEqual([0.01, 0.1, 1, 10, 100]);
  expect(decadesAround([10_000])).toEqual([10_000, 100_000]);
});

test('drawings say in words what they show, and every number in them is one', () => {
  const stored = [results(10_000, [sync(10_000, 1)]), results(100_000, [sync(100_000, 9)])];
  const peers = [results(100_000, [measurement('peer:loki:first-sync', 100_000, { seconds: 3 })])];
  const ratios = drawRatios(stored, MEASUREMENTS);
  const growth = drawGrowth({ results: stored, peers, names: MEASUREMENTS });
  expect(ratios).toContain(`${SYNC} at 10,000 products: 1.40 ×`);
  expect(growth).toContain(`${SYNC}: 1.00 s at 10,000, 9.00 s at 100,000`);
  for (const drawing of [ratios, growth]) {
    expect(drawing).toMatch(/<svg [^>]*role="img" aria-labelledby="title description"/);
    expect(drawing).not.toMatch(/NaN|Infinity|undefined/);
  }
});
