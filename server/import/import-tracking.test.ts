import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvLine } from '../../shared/exchange/csv-line.ts';
import { ImportBench } from './import-bench.ts';

let bench: ImportBench;
beforeEach(() => {
  bench = new ImportBench();
});
afterEach(() => bench.remove());

const PRODUCTS = [
  'sku,name,barcode,pack_quantity,pack_unit,tracking,tracks_expiry,reorder_to,abc',
  'M,Milk,M1,1,,lot,yes,40,a',
  'M,Milk,M12,12,crate,lot,yes,40,A',
  'D,Drill,D1,,,Serial,no,,B',
  'T,Tape,T1,,,,,,',
  '',
].join('\n');
const LOCATIONS = 'site,code\nHAM,A-01\nHAM,A-02\n';
const DAY = Date.UTC(2027, 2, 31);

describe('F18: what a file says of how goods are told apart', () => {
  it('is kept, and a second import changes nothing', async () => {
    const run = await bench.import('p.csv', PRODUCTS);
    expect(run.rejects).toEqual([]);
    expect(run.totals).toEqual({ read: 4, imported: 4, unchanged: 0, rejected: 0 });
    const rows = await bench.rows('product');
    expect(rows).toMatchObject([
      { sku: 'M', tracking: 'lot', tracks_expiry: 1, reorder_to: 40, abc: 'A' },
      { sku: 'D', tracking: 'serial', tracks_expiry: 0, reorder_to: null, abc: 'B' },
      { sku: 'T', tracking: 'none', tracks_expiry: 0, reorder_to: null, abc: null },
    ]);
    const packs = await bench.rows('barcode');
    expect(packs.map((pack) => [pack['code'], pack['pack_quantity'], pack['pack_unit']])).toEqual([
      ['M1', 1, null],
      ['M12', 12, 'crate'],
      ['D1', 1, null],
      ['T1', 1, null],
    ]);
    const before = await bench.scopes();
    expect((await bench.import('p.csv', PRODUCTS)).totals).toMatchObject({ unchanged: 4 });
    expect(await bench.scopes()).toEqual(before);
  });

  it('stays where a file has no column for it, and goes where it has an empty one', async () => {
    await bench.import('p.csv', PRODUCTS);
    const rows = await bench.rows('product');
    const packs = await bench.rows('barcode');
    const plain = 'sku,name,barcode\nM,Milk,M12\nD,Drill,D1\n';
    expect((await bench.import('p.csv', plain)).totals).toMatchObject({ unchanged: 2 });
    expect(await bench.rows('product')).toEqual(rows);
    expect(await bench.rows('barcode')).toEqual(packs);
    const empty =
      'sku,name,barcode,pack_unit,tracking,tracks_expiry,reorder_to,abc\nM,Milk,M12,,,,,\n';
    expect((await bench.import('p.csv', empty)).totals).toMatchObject({ imported: 1 });
    expect((await bench.rows('product'))[0]).toMatchObject({
      tracking: 'lot',
      tracks_expiry: 1,
      reorder_to: null,
      abc: null,
    });
    expect((await bench.rows('barcode'))[1]).toMatchObject({ pack_quantity: 12, pack_unit: null });
  });

  it('may be JSON, where a yes is a true', async () => {
    const lines = [
      '{"sku":"M","name":"Milk","tracking":"lot","tracks_expiry":true}',
      '{"sku":"N","name":true}',
    ];
    const run = await bench.import('p.jsonl', lines.join('\n'));
    expect(run.rejects).toMatchObject([{ line: 2, reason: 'bad_json' }]);
    expect(await bench.rows('product')).toMatchObject([{ tracking: 'lot', tracks_expiry: 1 }]);
  });
});

describe('F18: stock is kept by lot, serial number and last day of use', () => {
  const STOCK = [
    'sku,location,quantity,lot,serial,expires_on',
    'M,A-01,5,L1,,2027-03-31',
    'M,A-01,7,L2,,30.04.2027',
    'D,A-01,1,,S-1,',
    'D,A-01,1,,S-2,',
    'T,A-02,9,,,',
  ].join('\n');

  beforeEach(async () => {
    await bench.import('l.csv', LOCATIONS, { kind: 'locations' });
    await bench.import('p.csv', PRODUCTS);
  });

  it('one level for each, and a second import changes nothing', async () => {
    const run = await bench.import('s.csv', STOCK, { kind: 'stock' });
    expect(run.rejects).toEqual([]);
    expect(run.totals).toMatchObject({ imported: 5 });
    const levels = await bench.rows('stock_level');
    expect(levels).toMatchObject([
      { lot: 'L1', serial: '', quantity: 5, expires_on: DAY },
      { lot: 'L2', serial: '', quantity: 7, expires_on: Date.UTC(2027, 3, 30) },
      { lot: '', serial: 'S-1', quantity: 1, expires_on: null },
      { lot: '', serial: 'S-2', quantity: 1, expires_on: null },
      { lot: '', serial: '', quantity: 9, expires_on: null },
    ]);
    const before = await bench.scopes();
    const again = await bench.import('s.csv', STOCK, { kind: 'stock' });
    expect(again.totals).toMatchObject({ imported: 0, unchanged: 5 });
    expect(await bench.scopes()).toEqual(before);
  });

  it('and a line changes only the goods that it names, and the day only if it names one', async () => {
    await bench.import('s.csv', STOCK, { kind: 'stock' });
    const before = await bench.rows('stock_level');
    const csv = 'sku,location,quantity,lot\nM,A-01,6,L1\n';
    const run = await bench.import('s.csv', csv, { kind: 'stock' });
    expect(run.rejects).toEqual([]);
    expect(run.totals).toMatchObject({ imported: 1 });
    const [first, ...others] = before;
    expect(await bench.rows('stock_level')).toEqual([{ ...first, quantity: 6 }, ...others]);
    const later = 'sku,location,quantity,lot,expires_on\nM,A-01,6,L1,2027-04-01\n';
    await bench.import('s.csv', later, { kind: 'stock' });
    const day = Date.UTC(2027, 3, 1);
    expect((await bench.rows('stock_level'))[0]).toMatchObject({ quantity: 6, expires_on: day });
  });
});

it('F24: lines about lots, serial numbers and days that make no sense are rejected, with the column', async () => {
  await bench.import('l.csv', LOCATIONS, { kind: 'locations' });
  const products = `${PRODUCTS}X,Odd,X1,,,batch,perhaps,many,D\nY,Long,Y1,1,${'x'.repeat(17)},,,,\n`;
  const first = await bench.import('p.csv', products);
  expect(first.totals).toMatchObject({ imported: 4, rejected: 2 });
  expect(first.rejects.map(({ line, reason, field }) => [line, reason, field])).toEqual([
    [6, 'bad_number', 'reorder to'],
    [6, 'bad_choice', 'abc'],
    [6, 'bad_choice', 'tracking'],
    [6, 'bad_boolean', 'tracks expiry'],
    [7, 'too_long', 'pack unit'],
  ]);
  const stock = [
    'sku,location,quantity,lot,serial,expires_on',
    'M,A-01,5,,,2027-03-31',
    'M,A-01,5,L1,,',
    'M,A-01,5,L1,,2027-02-30',
    'M,A-01,5,L1,,03/31/2027',
    'D,A-01,1,,,',
    'D,A-01,2,,S-1,',
    'D,A-01,1,,S-1,',
    'D,A-01,1,,S-1,',
    // That there is none of what is told apart is worth a line, be it without a lot.
    'M,A-02,0,,,',
  ].join('\n');
  const run = await bench.import('s.csv', stock, { kind: 'stock' });
  expect(run.rejects.map(({ line, reason, field }) => [line, reason, field])).toEqual([
    [2, 'lot_missing', 'lot'],
    [3, 'expiry_missing', 'expires on'],
    [4, 'bad_date', 'expires on'],
    [5, 'bad_date', 'expires on'],
    [6, 'serial_missing', 'serial'],
    [7, 'serial_many', 'quantity'],
    [9, 'duplicate_place', 'location'],
  ]);
  expect(run.rejects.at(-1)?.sentence).toBe(
    'The stock of "D" with the serial number "S-1" at "A-01" is already in line 8.',
  );
  expect(await bench.rows('stock_level')).toMatchObject([
    { serial: 'S-1', quantity: 1 },
    { quantity: 0 },
  ]);
});

it('F24: what our own export guards from a spreadsheet comes back as it was', async () => {
  const cells = csvLine(['A', '-10° freezer', "'t is tea"]);
  await bench.import('p.csv', `sku,name,description\r\n${cells}`);
  expect(await bench.rows('product')).toMatchObject([
    { name: '-10° freezer', description: "'t is tea" },
  ]);
});
