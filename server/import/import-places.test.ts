import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImportBench } from './import-bench.ts';

let bench: ImportBench;
beforeEach(() => {
  bench = new ImportBench();
});
afterEach(() => bench.remove());

const LOCATIONS = 'site,code,name,zone\nHAM,A-01,Rack A,A\nHAM,A-02,,A\nBCN,A-01,,\n';

describe('locations', () => {
  it('are made with their sites, and a second import changes nothing', async () => {
    const run = await bench.import('l.csv', LOCATIONS, { kind: 'locations' });
    expect(run.totals).toEqual({ read: 3, imported: 3, unchanged: 0, rejected: 0 });
    const [ham, bcn] = await bench.rows('site');
    expect([ham, bcn]).toMatchObject([{ code: 'HAM' }, { code: 'BCN' }]);
    expect(await bench.rows('location')).toMatchObject([
      { site_id: ham?.['id'], code: 'A-01', name: 'Rack A', zone: 'A' },
      { site_id: ham?.['id'], code: 'A-02', name: null, zone: 'A' },
      { site_id: bcn?.['id'], code: 'A-01', name: null, zone: null },
    ]);
    const before = await bench.scopes();
    const again = await bench.import('l.csv', LOCATIONS, { kind: 'locations' });
    expect(again.totals).toMatchObject({ imported: 0, unchanged: 3 });
    expect(await bench.scopes()).toEqual(before);
  });

  it('change only where they differ', async () => {
    await bench.import('l.csv', LOCATIONS, { kind: 'locations' });
    const run = await bench.import('l.csv', LOCATIONS.replace('Rack A', 'Rack 1'), {
      kind: 'locations',
    });
    expect(run.totals).toMatchObject({ imported: 1, unchanged: 2 });
    expect((await bench.rows('location'))[0]).toMatchObject({ name: 'Rack 1' });
  });

  it('are rejected if they are incomplete or there twice', async () => {
    const run = await bench.import('l.csv', `${LOCATIONS},X,,\nHAM,,,\nHAM,A-02,other,\n`, {
      kind: 'locations',
    });
    expect(run.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'empty_value'],
      [6, 'empty_value'],
      [7, 'duplicate_place'],
    ]);
  });
});

describe('stock', () => {
  beforeEach(async () => {
    await bench.import('l.csv', LOCATIONS, { kind: 'locations' });
    await bench.import(
      'p.csv',
      'sku,barcode,name\nA,4006381333931,Tea\nB,0036000291452,Tin\nC,,Jar\n',
    );
  });

  it('is set by barcode or SKU, at a location that is named without doubt', async () => {
    const csv = [
      'barcode,sku,site,location,quantity',
      '4006381333931,,HAM,A-01,5',
      '4006381333931,,,BCN/A-01,6',
      // The same number as a scanner that drops leading zeros sends it.
      '036000291452,,,A-02,7',
      ',C,,A-02,0',
    ].join('\n');
    const run = await bench.import('s.csv', csv, { kind: 'stock' });
    expect(run.rejects).toEqual([]);
    expect(run.totals).toEqual({ read: 4, imported: 4, unchanged: 0, rejected: 0 });
    const levels = await bench.rows('stock_level');
    expect(levels.map((level) => level['quantity'])).toEqual([5, 6, 7, 0]);
    const again = await bench.import('s.csv', csv, { kind: 'stock' });
    expect(again.totals).toMatchObject({ imported: 0, unchanged: 4 });
    expect(await bench.rows('stock_level')).toEqual(levels);
  });

  it('is rejected where product or place is unknown or in doubt', async () => {
    const csv = [
      'sku,location,quantity',
      'A,A-01,5',
      'A,Z-99,5',
      'Nobody,A-02,5',
      'A,A-02,5',
      'A,A-02,6',
      ',A-02,6',
      'B,,6',
      'B,A-02,',
      'B,A-02,many',
    ].join('\n');
    const run = await bench.import('s.csv', csv, { kind: 'stock' });
    expect(run.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'ambiguous_location'],
      [3, 'unknown_location'],
      [4, 'unknown_product'],
      [6, 'duplicate_place'],
      [7, 'no_key'],
      [8, 'empty_value'],
      [9, 'empty_value'],
      [10, 'bad_number'],
    ]);
    expect(await bench.rows('location')).toHaveLength(3);
    expect(await bench.rows('stock_level')).toMatchObject([{ quantity: 5 }]);
  });
});
