import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { must } from '../shared/domain/assert.ts';
import {
  BASELINE_FILE,
  catalogueName,
  compare,
  ratiosOf,
  readBaseline,
  storeRatio,
} from './baseline.ts';
import { checkRatios, comparisonTable } from './check-ratios.ts';
import { MEASUREMENTS } from './run-bench.ts';

test('the stored baseline is well-formed and names only measurements that exist', () => {
  const names = Object.values(readBaseline(BASELINE_FILE)).flatMap((ratios) => Object.keys(ratios));
  expect(names.filter((name) => !MEASUREMENTS.some((known) => known === name))).toEqual([]);
});

test('a quarter more is worse, a little less than that is not', () => {
  const ratios = { search: 4, push: 4, pull: 4 };
  const compared = compare(ratios, [
    { name: 'search', ratio: 5 },
    { name: 'push', ratio: 4.9 },
    { name: 'pull', ratio: 1 },
  ]);
  expect(compared.map(({ isWorse }) => isWorse)).toEqual([true, false, false]);
  expect(compared.map(({ change }) => change)).toEqual([1.25, 1.225, 0.25]);
});

test('a measurement without a baseline cannot be worse', () => {
  expect(compare(undefined, [{ name: 'search', ratio: 900 }])).toEqual([
    { name: 'search', ratio: 900, baseline: null, change: null, isWorse: false },
  ]);
});

test('a new ratio takes the place of the old one of the same catalogue only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-baseline-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'baseline.json');
  writeFileSync(path, '{}');
  await storeRatio(path, '10', { name: 'search', ratio: 1 });
  await storeRatio(path, '10', { name: 'push', ratio: 2 });
  await storeRatio(path, '20', { name: 'search', ratio: 3 });
  await storeRatio(path, '10', { name: 'search', ratio: 1.23456 });
  expect(readBaseline(path)).toEqual({ '10': { search: 1.23, push: 2 }, '20': { search: 3 } });
  expect(ratiosOf(path, '20')).toEqual({ search: 3 });
  expect(() => ratiosOf(path, '30')).toThrow('no ratios for 30 products');
});

test('a catalogue is known by its size and the name of its file, not by its folder', () => {
  expect(catalogueName({ rows: 10, file: null })).toBe('10');
  expect(catalogueName({ rows: 10, file: '/somewhere/products.tsv' })).toBe('10 of products.tsv');
});

test('what seems worse is measured twice more, and the best counts', async () => {
  const asked: (readonly string[])[] = [];
  const later = [
    { search: 1, push: 8, pull: 2.5 },
    { push: 7, pull: 3 },
  ];
  const compared = await checkRatios(
    { search: 1, push: 4, pull: 2 },
    [
      { name: 'search', ratio: 2 },
      { name: 'push', ratio: 9 },
      { name: 'pull', ratio: 2.4 },
    ],
    async (names) => {
      const ratios = must(later[asked.length], 'no fourth time');
      asked.push(names);
      return Object.entries(ratios).map(([name, ratio]) => ({ name, ratio }));
    },
  );
  expect(asked).toEqual([['search', 'push'], ['push']]);
  expect(compared.map(({ name, ratio, isWorse }) => ({ name, ratio, isWorse }))).toEqual([
    { name: 'search', ratio: 1, isWorse: false },
    { name: 'push', ratio: 7, isWorse: true },
    { name: 'pull', ratio: 2.4, isWorse: false },
  ]);
  const lines = comparisonTable(compared).split('\n');
  expect(lines[2]).toMatch(/^push +4\.00 × +7\.00 × +\+75 % +WORSE$/);
  expect(lines[1]).toMatch(/^search +1\.00 × +1\.00 × +0 %$/);
});

test('nothing is measured again when nothing is worse', async () => {
  const again = async (): Promise<never> => Promise.reject(new Error('nothing was worse'));
  const compared = await checkRatios({ search: 1 }, [{ name: 'search', ratio: 1 }], again);
  expect(compared).toHaveLength(1);
});
