import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImportBench } from './import-bench.ts';

let bench: ImportBench;
beforeEach(() => {
  bench = new ImportBench();
});
afterEach(() => bench.remove());

const HEADER = 'ID\tUPCEAN\tName\tCategoryID\tCategoryName\tBrandID\tBrandName';
const BOLT = '17\t4006381333931\tBolt 3/4" long\t5\tHardware/Bolts\t9\tAcme';
const NUT = '18\t036000291452\tГайка М8\t6\tHardware/Nuts\t0\t';
const TSV = `${HEADER}\n${BOLT}\n${NUT}\n`;

describe('what a file says', () => {
  it('becomes products, barcodes, a tree of categories and brands', async () => {
    const run = await bench.import('a.tsv', TSV);
    expect(run.totals).toEqual({ read: 2, imported: 2, unchanged: 0, rejected: 0 });
    const [bolt, nut] = await bench.rows('product');
    const [hardware, bolts, nuts] = await bench.rows('category');
    const [acme] = await bench.rows('brand');
    expect(bolt).toMatchObject({
      sku: '17',
      name: 'Bolt 3/4" long',
      category_id: bolts?.['id'],
      brand_id: acme?.['id'],
      unit: 'pcs',
      archived: 0,
    });
    expect(nut).toMatchObject({ sku: '18', category_id: nuts?.['id'], brand_id: null });
    expect(hardware).toMatchObject({ name: 'Hardware', parent_id: null, code: null });
    expect(bolts).toMatchObject({ name: 'Bolts', parent_id: hardware?.['id'], code: '5' });
    expect(acme).toMatchObject({ code: '9', name: 'Acme' });
    expect(await bench.rows('barcode')).toMatchObject([
      { product_id: bolt?.['id'], code: '4006381333931', pack_quantity: 1 },
      { product_id: nut?.['id'], code: '036000291452', pack_quantity: 1 },
    ]);
  });

  it('takes every column of the other header, and makes locations of the only site', async () => {
    const header =
      'SKU,Barcode,Name,Description,Category,Brand,Unit,Price,Min_Stock,Quantity,Location,Pack Quantity';
    const line = 'A-1,HOUSE-7,Tea,"Green, loose",Food / Tea,Leafy,g,"4,50",10,25,A-01,6';
    const run = await bench.import('a.csv', `${header}\n${line}\n`);
    expect(run.totals).toEqual({ read: 1, imported: 1, unchanged: 0, rejected: 0 });
    expect(await bench.rows('product')).toMatchObject([
      {
        sku: 'A-1',
        description: 'Green, loose',
        unit: 'g',
        price_minor: 450,
        currency: 'EUR',
        min_stock: 10,
      },
    ]);
    expect(await bench.rows('category')).toMatchObject([{ name: 'Food' }, { name: 'Tea' }]);
    expect(await bench.rows('brand')).toMatchObject([{ name: 'Leafy', code: null }]);
    expect(await bench.rows('barcode')).toMatchObject([{ code: 'HOUSE-7', pack_quantity: 6 }]);
    expect(await bench.rows('site')).toMatchObject([{ code: 'MAIN' }]);
    expect(await bench.rows('location')).toMatchObject([{ code: 'A-01' }]);
    expect(await bench.rows('stock_level')).toMatchObject([{ quantity: 25 }]);
  });

  it('may be JSON Lines: a missing key leaves a value, null empties it', async () => {
    await bench.import(
      'a.jsonl',
      '{"sku":"A","name":"Tea","price":4.5,"unit":"g","min_stock":3}\n',
    );
    const run = await bench.import('b.jsonl', '{"sku":"A","name":"Tea","price":null}\n');
    expect(run.totals).toEqual({ read: 1, imported: 1, unchanged: 0, rejected: 0 });
    expect(await bench.rows('product')).toMatchObject([
      { price_minor: null, currency: null, unit: 'g', min_stock: 3 },
    ]);
  });

  it('finds products by barcode where there is no SKU', async () => {
    await bench.import('a.tsv', TSV);
    const run = await bench.import('b.csv', 'barcode,name\n4006381333931,Better bolt\nX-9,New\n');
    expect(run.totals).toEqual({ read: 2, imported: 2, unchanged: 0, rejected: 0 });
    const products = await bench.rows('product');
    expect(products.map(({ sku, name }) => [sku, name])).toEqual([
      ['17', 'Better bolt'],
      ['18', 'Гайка М8'],
      ['X-9', 'New'],
    ]);
  });

  it('may give a product several packs', async () => {
    const run = await bench.import(
      'a.csv',
      'sku,barcode,name,pack_quantity\nA,A1,Tea,1\nA,A12,Tea,12\nA,A48,Tea,48\n',
    );
    expect(run.totals).toEqual({ read: 3, imported: 3, unchanged: 0, rejected: 0 });
    expect(await bench.rows('product')).toHaveLength(1);
    const packs = await bench.rows('barcode');
    expect(packs.map((pack) => pack['pack_quantity'])).toEqual([1, 12, 48]);
  });

  it('uses the currency of the line, of the option, or the euro', async () => {
    await bench.import('a.csv', 'sku,name,price,currency\nA,Tea,1.50,usd\nB,Tea,2,\n', {
      currency: 'JPY',
    });
    expect(await bench.rows('product')).toMatchObject([
      { price_minor: 150, currency: 'USD' },
      { price_minor: 2, currency: 'JPY' },
    ]);
  });
});

describe('a second import', () => {
  it('of the same file changes nothing, not even a version', async () => {
    await bench.import('a.tsv', TSV);
    const before = await bench.scopes();
    const run = await bench.import('a.tsv', TSV);
    expect(run.totals).toEqual({ read: 2, imported: 0, unchanged: 2, rejected: 0 });
    expect(await bench.scopes()).toEqual(before);
  });

  it('of a file that contradicts itself changes nothing either', async () => {
    const twoNames = [
      HEADER,
      '1\t\tA\t5\tX/Y\t9\tAcme',
      '2\t\tB\t6\tX/Y\t9\tACME Ltd',
      '3\t\tC\t7\tX\t0\t',
    ].join('\n');
    await bench.import('a.tsv', twoNames);
    const before = await bench.scopes();
    expect((await bench.import('a.tsv', twoNames)).totals).toMatchObject({ unchanged: 3 });
    expect(await bench.scopes()).toEqual(before);
    expect(await bench.rows('brand')).toMatchObject([{ code: '9', name: 'Acme' }]);
  });

  it('of a changed file changes only what is different, and keeps ids', async () => {
    await bench.import('a.tsv', TSV);
    const before = await bench.rows('product');
    const run = await bench.import('a.tsv', TSV.replace('Гайка', 'Шайба'));
    expect(run.totals).toEqual({ read: 2, imported: 1, unchanged: 1, rejected: 0 });
    const after = await bench.rows('product');
    expect(after).toEqual([before[0], { ...before[1], name: 'Шайба М8' }]);
    expect(
      await bench.withStore(async ({ reader }) =>
        reader.selectFrom('product').select('row_version').orderBy('id').execute(),
      ),
    ).toEqual([{ row_version: 1 }, { row_version: 2 }]);
  });

  it('renames a brand by its code', async () => {
    await bench.import('a.tsv', TSV);
    await bench.import('a.tsv', TSV.replace('Acme', 'Acme Tools'));
    expect(await bench.rows('brand')).toMatchObject([{ code: '9', name: 'Acme Tools' }]);
  });

  it('leaves alone what the file has no column for', async () => {
    await bench.import('a.csv', 'sku,name,price,description\nA,Tea,4.50,Green\n');
    const run = await bench.import('b.csv', 'sku,name\nA,Tea\n');
    expect(run.totals).toMatchObject({ unchanged: 1 });
    expect(await bench.rows('product')).toMatchObject([{ price_minor: 450, description: 'Green' }]);
  });

  it('sets stock anew', async () => {
    const csv = 'sku,name,quantity,location\nA,Tea,5,A-01\n';
    await bench.import('a.csv', csv);
    expect((await bench.import('a.csv', csv)).totals).toMatchObject({ unchanged: 1 });
    expect((await bench.import('a.csv', csv.replace(',5,', ',7,'))).totals).toMatchObject({
      imported: 1,
    });
    expect(await bench.rows('stock_level')).toMatchObject([{ quantity: 7 }]);
  });
});

describe('the same lines', () => {
  const csv = TSV.replace('Bolt 3/4" long', '"Bolt 3/4"" long"').replaceAll('\t', ',');
  const semicolons = csv.replaceAll(',', ';');
  const json = TSV.trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const names = HEADER.split('\t');
      return JSON.stringify(
        Object.fromEntries(line.split('\t').map((value, at) => [names[at], value])),
      );
    })
    .join('\n');

  it.each<[string, string | Uint8Array]>([
    ['a.tsv', TSV],
    ['a.txt', TSV],
    ['crlf.tsv', TSV.replaceAll('\n', '\r\n')],
    ['bom.tsv', `\uFEFF${TSV}`],
    ['blank-end.tsv', `${TSV}\n\r\n  \n`],
    ['no-end.tsv', TSV.slice(0, -1)],
    ['a.tsv.gz', gzipSync(TSV)],
    ['a.tsv.zst', zstdCompressSync(TSV)],
    ['zst-called-tsv.tsv', zstdCompressSync(TSV)],
    [
      'frames.tsv.zst',
      Buffer.concat([zstdCompressSync(TSV.slice(0, 90)), zstdCompressSync(TSV.slice(90))]),
    ],
    ['members.tsv.gz', Buffer.concat([gzipSync(TSV.slice(0, 90)), gzipSync(TSV.slice(90))])],
    ['a.csv', csv],
    ['bom-crlf.csv', `\uFEFF${csv.replaceAll('\n', '\r\n')}`],
    ['shout.csv', csv.replace('Name', ' NAME ')],
    ['a.csv.gz', gzipSync(csv)],
    ['semicolons.csv', semicolons],
    ['a.jsonl', json],
    ['a.ndjson.zst', zstdCompressSync(`\uFEFF${json}\r\n`)],
  ])('read the same from %s', async (name, content) => {
    await bench.import('reference.tsv', TSV);
    const run = await bench.import(name, content);
    expect(run.stderr).toBe('');
    expect(run.totals).toEqual({ read: 2, imported: 0, unchanged: 2, rejected: 0 });
  });
});

describe('quotes', () => {
  it('mean nothing in TSV', async () => {
    const run = await bench.import('a.tsv', 'sku\tname\nA\t"Tea\nB\tTea"\nC\t"Tea"\n');
    expect(run.totals).toMatchObject({ imported: 3 });
    const products = await bench.rows('product');
    expect(products.map(({ name }) => name)).toEqual(['"Tea', 'Tea"', '"Tea"']);
  });

  it('hold line ends and delimiters in CSV', async () => {
    const run = await bench.import(
      'a.csv',
      'sku,name,description\nA,Tea,"one,\n\n""two"""\nB,Tea,x\n',
    );
    expect(run.totals).toEqual({ read: 2, imported: 2, unchanged: 0, rejected: 0 });
    expect(await bench.rows('product')).toMatchObject([
      { description: 'one,\n\n"two"' },
      { description: 'x' },
    ]);
  });
});

it('tells which columns it had no use for', async () => {
  const run = await bench.import('a.csv', 'sku,name,colour,zone\nA,Tea,red,x\n');
  expect(run.stderr).toContain('"colour", "zone"');
  expect(run.totals).toMatchObject({ imported: 1 });
});
