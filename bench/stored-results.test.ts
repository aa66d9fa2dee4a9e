import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from 'prettier';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandOf } from './circumstances.ts';
import { readAllResults, storeLine } from './results-folder.ts';
import { type Circumstances, type StoredLine, withLine } from './stored-results.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-results-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(hour: string): Circumstances {
  return {
    startedAt: `2026-11-23T${hour}:00:00Z`,
    command: 'npm run bench -- --rows 10',
    machine: 'a machine',
    node: 'v24',
    loadAtStart: 0,
    catalogue: { products: 10, rejected: 0, file: null },
  };
}

function line(name: string, ratio: number): StoredLine {
  return { name, rows: 10, seconds: ratio, limit: 1, ratio, rssMb: 1, details: {} };
}

const EMPTY = { rows: 10, runs: [] };
const namesOf = (results: typeof EMPTY | ReturnType<typeof withLine>) =>
  results.runs.map(({ startedAt, lines }) => [startedAt.slice(11, 13), lines.map((at) => at.name)]);

test('a run of some measurements refreshes those and leaves the others with their own circumstances', () => {
  let results = withLine(EMPTY, run('08'), line('search', 1));
  results = withLine(results, run('08'), line('push', 1));
  results = withLine(results, run('09'), line('search', 2));
  expect(namesOf(results)).toEqual([
    ['08', ['push']],
    ['09', ['search']],
  ]);
  expect(results.runs[1]?.lines).toEqual([line('search', 2)]);
});

test('a run whose measurements were all made again is forgotten', () => {
  let results = withLine(EMPTY, run('08'), line('search', 1));
  results = withLine(results, run('09'), line('search', 2));
  expect(namesOf(results)).toEqual([['09', ['search']]]);
});

test('results are kept as the formatter writes them, numbers rounded, ours and peers apart', async () => {
  const place = { folder, rows: 10 };
  await storeLine({ ...place, kind: 'ours' }, run('08'), line('search', 1.234567));
  await storeLine({ ...place, kind: 'ours' }, run('08'), line('push', 2));
  await storeLine({ ...place, kind: 'peers' }, run('08'), {
    name: 'peer',
    rows: 10,
    unfinished: 'no time left',
  });
  await storeLine({ folder, rows: 9, kind: 'ours' }, run('08'), line('search', 3));
  expect(readdirSync(folder).toSorted()).toEqual(['10.json', '9.json', 'peers-10.json']);
  const path = join(folder, '10.json');
  expect(await check(readFileSync(path, 'utf8'), { filepath: path })).toBe(true);
  const [smaller, larger] = readAllResults(folder, 'ours');
  expect(smaller?.rows).toBe(9);
  expect(larger?.runs[0]?.lines).toEqual([line('search', 1.235), line('push', 2)]);
  expect(readAllResults(folder, 'peers')).toHaveLength(1);
});

test('a file that holds something else is refused', () => {
  writeFileSync(join(folder, '10.json'), '{"rows":10,"runs":[{}]}');
  expect(() => readAllResults(folder, 'ours')).toThrow('Remove it and measure again');
});

test('the command tells everything that matters and no folder of this machine', () => {
  const flags = { rows: 10, seed: 2, data: '/a/folder/products.tsv', only: 'search', repeat: 5 };
  expect(commandOf('bench', flags)).toBe(
    'npm run bench -- --rows 10 --only search --data products.tsv --repeat 5',
  );
  expect(commandOf('bench', { rows: 10, seed: 2 })).toBe('npm run bench -- --rows 10 --seed 2');
});
