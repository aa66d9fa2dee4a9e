import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImportBench } from './import-bench.ts';
import { PROBLEMS_PRINTED_MAX } from './problem-printer.ts';

let bench: ImportBench;
beforeEach(() => {
  bench = new ImportBench();
});
afterEach(() => bench.remove());

const dryRun = true;

it('F24: a dry run tells every problem of every line, by column, and exits with 2', async () => {
  const csv = [
    'sku,barcode,name,price,min_stock',
    'A,4006381333931,Tea,1.20,5',
    'B,4006381333932,,free,many',
    'A,,Again,,',
    ',,,,',
  ].join('\n');
  const run = await bench.import('p.csv', csv, { dryRun });
  expect(run.code).toBe(2);
  expect(run.stdout.split('\n').slice(0, -2)).toEqual([
    'line 3, barcode: The barcode "4006381333932" has a wrong check digit: a digit is mistyped or missing. [check_digit]',
    'line 3, name: The name is empty. [empty_value]',
    'line 3, price: The price "free" is not an amount in EUR such as 12.50, without signs and separators of thousands. [bad_price]',
    'line 3, min stock: The min stock "many" is not a whole number from 0 to 1000000000. [bad_number]',
    'line 4, sku: The SKU "A" is already in line 2. [duplicate_sku]',
    'line 5, sku: The line has neither a SKU nor a barcode, so the product could not be found again. [no_key]',
    'line 5, name: The name is empty. [empty_value]',
    expect.stringMatching(/^7 problems, all of them in .*\.tsv$/),
  ]);
  expect(run.json).toMatchObject({ dryRun: true, read: 4, imported: 1, rejected: 3, problems: 7 });
});

describe('F24: a dry run writes nothing', () => {
  it('into a store, and sees what is there', async () => {
    await bench.import('l.csv', 'site,code\nHAM,A-01\n', { kind: 'locations' });
    await bench.import('p.csv', 'sku,name\nA,Tea\n');
    const before = await bench.scopes();
    const csv = 'sku,location,quantity\nA,A-01,5\nNobody,A-01,5\nA,Z-99,5\n';
    const run = await bench.import('s.csv', csv, { kind: 'stock', dryRun });
    expect(run.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'unknown_product'],
      [4, 'unknown_location'],
    ]);
    const locations = 'site,code\nHAM,A-01\nHAM,A-02\nNEW,B-01\n';
    const good = await bench.import('l.csv', locations, { kind: 'locations', dryRun });
    expect(good.code).toBe(0);
    expect(good.json).toMatchObject({ read: 3, imported: 2, unchanged: 1, problems: 0 });
    expect(await bench.scopes()).toEqual(before);
    expect(await bench.rows('stock_level')).toEqual([]);
    expect(await bench.rows('location')).toHaveLength(1);
  });

  it('where there is no data folder yet', async () => {
    const run = await bench.import('p.csv', 'sku,name\nA,\n', { dryRun });
    expect(run.code).toBe(2);
    expect(existsSync(bench.data)).toBe(false);
    const [file = ''] = readdirSync(join(bench.folder, 'rejects'));
    expect(readFileSync(join(bench.folder, 'rejects', file), 'utf8')).toContain('empty_value');
  });
});

it('S16: more problems than a terminal holds are counted, and all in the file', async () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `S${at},,${at % 2 === 0 ? 'Tea' : ''}`);
  await bench.import('p.csv', 'sku,name\nZ,Jar\n');
  const run = await bench.import('p.csv', `sku,barcode,name\n${lines.join('\n')}\n`, { dryRun });
  expect(run.json).toMatchObject({ read: 20_000, rejected: 10_000, problems: 10_000 });
  expect(run.rejects).toHaveLength(10_000);
  const printed = run.stdout.trimEnd().split('\n');
  expect(printed).toHaveLength(PROBLEMS_PRINTED_MAX + 3);
  expect(printed.at(-3)).toBe('… and 9000 more.');
  expect(await bench.rows('product')).toHaveLength(1);
});
