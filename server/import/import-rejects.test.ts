import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { product } from '../../shared/entities/product.ts';
import { fromStored } from '../../shared/entities/stored-row.ts';
import { ImportBench } from './import-bench.ts';

let bench: ImportBench;
beforeEach(() => {
  bench = new ImportBench();
});
afterEach(() => bench.remove());

const UHTT = 'ID\tUPCEAN\tName\n';
const GOOD = '1\t4006381333931\tGood\n';
const OWN =
  'sku,barcode,name,description,category,brand,unit,price,currency,min_stock,quantity,location,pack_quantity\n';

describe('a line is rejected, and the others kept', () => {
  it.each<[reason: string, name: string, header: string, line: string | Buffer]>([
    ['check_digit', 'a.tsv', UHTT, '2\t4006381333932\tBad'],
    ['check_digit', 'a.csv', 'sku,barcode,name\n', '2,4006381333932,Bad'],
    ['not_gtin', 'a.tsv', UHTT, '2\t61500127178\tLost its zero'],
    ['not_gtin', 'a.tsv', UHTT, '2\t0000000000000\tZeros'],
    ['not_gtin', 'a.tsv', UHTT, '2\tABC\tNo digits'],
    ['field_count', 'a.tsv', UHTT, '2\t036000291452'],
    ['field_count', 'a.tsv', UHTT, '2\t036000291452\tName\t'],
    ['field_count', 'a.csv', 'sku,barcode,name\n', '2,036000291452,Tea, green'],
    ['control_character', 'a.tsv', UHTT, '2\t036000291452\tBeep\u0007 more'],
    ['control_character', 'a.tsv', UHTT, '2\t036000291452\tC1 \u0085 here'],
    ['control_character', 'a.csv', 'sku,barcode,name\n', '2,036000291452,"two\nlines"'],
    ['control_character', 'a.jsonl', '', '{"sku":"2","name":"nul \\u0000 inside"}'],
    ['too_long', 'a.tsv', UHTT, `2\t036000291452\t${'x'.repeat(501)}`],
    ['too_long', 'a.tsv', UHTT, `${'9'.repeat(65)}\t036000291452\tName`],
    ['too_long', 'a.csv', 'sku,name,category\n', `2,Tea,${'x/'.repeat(13)}`],
    ['line_too_long', 'a.tsv', UHTT, `2\t036000291452\t${'x'.repeat(70_000)}`],
    ['bad_utf8', 'a.tsv', UHTT, Buffer.from('2\t036000291452\tGr\xfcn', 'latin1')],
    ['bad_utf8', 'a.csv', 'sku,barcode,name\n', Buffer.from('2,036000291452,Gr\xfcn', 'latin1')],
    ['empty_value', 'a.tsv', UHTT, '2\t036000291452\t  '],
    ['empty_value', 'a.jsonl', '', '{"sku":"2"}'],
    ['empty_value', 'a.csv', 'sku,name,quantity,location\n', '2,Tea,5,'],
    ['no_key', 'a.tsv', UHTT, '\t\tNothing to find it by'],
    ['duplicate_sku', 'a.tsv', UHTT, '1\t036000291452\tSame SKU'],
    ['duplicate_barcode', 'a.tsv', UHTT, '2\t4006381333931\tSame barcode'],
    ['blank_line', 'a.tsv', UHTT, ''],
    ['bad_quoting', 'a.csv', 'sku,name\n', '2,"Tea"x'],
    ['quote_not_closed', 'a.csv', 'sku,name\n', '2,"Tea'],
    ['bad_json', 'a.jsonl', '', '{"sku":"2","name":'],
    ['bad_json', 'a.jsonl', '', '[1]'],
    ['bad_json', 'a.jsonl', '', '{"sku":["2"],"name":"Tea"}'],
    ['bad_json', 'a.jsonl', '', '{"sku":12345678901234567890,"name":"Tea"}'],
    ['bad_json', 'a.jsonl', '', String.raw`{"sku":"2","name":"half \ud800 pair"}`],
    ['bad_price', 'a.csv', OWN, '2,,Tea,,,,,"1,234",,,,,'],
    ['bad_price', 'a.csv', OWN, '2,,Tea,,,,,-1,,,,,'],
    ['bad_currency', 'a.csv', OWN, '2,,Tea,,,,,1,euro,,,,'],
    ['bad_number', 'a.csv', OWN, '2,,Tea,,,,,,,1.5,,,'],
    ['bad_number', 'a.csv', OWN, '2,,Tea,,,,,,,,1e3,A-01,'],
    ['bad_number', 'a.csv', OWN, '2,036000291452,Tea,,,,,,,,,,0'],
  ])('as %s, in %s', async (...[reason, name, header, line]) => {
    const width = header.trimEnd().split(/[\t,]/).length;
    const separator = name.endsWith('tsv') ? '\t' : ',';
    const good = (sku: string, code: string): string => {
      if (header === '') return JSON.stringify({ sku, name: 'Good' });
      const values = header.toLowerCase().trimEnd().split(separator);
      const made = values.map((column) => {
        if (column === 'id' || column === 'sku') return sku;
        if (column === 'upcean' || column === 'barcode') return code;
        return column === 'name' ? 'Good' : '';
      });
      expect(made).toHaveLength(width);
      return made.join(separator);
    };
    const content = Buffer.concat([
      Buffer.from(`${header}${good('1', '4006381333931')}\n`),
      Buffer.from(line as string),
      Buffer.from(`\n${good('3', '96385074')}\n`),
    ]);
    const run = await bench.import(name, content);
    expect(run.code).toBe(0);
    expect(run.totals).toEqual({ read: 3, imported: 2, unchanged: 0, rejected: 1 });
    expect(run.rejects).toMatchObject([{ reason, line: header === '' ? 2 : 3 }]);
    expect(run.rejects[0]?.sentence).toMatch(/^[A-Z].*\.$/);
    expect(run.stderr).toContain(`1 × ${reason}`);
    const products = await bench.rows('product');
    expect(products.map(({ sku }) => sku)).toEqual(['1', '3']);
  });

  it('because its barcode is another product’s', async () => {
    await bench.import('a.tsv', UHTT + GOOD);
    const run = await bench.import('b.tsv', `${UHTT}2\t4006381333931\tThief\n`);
    expect(run.rejects).toMatchObject([{ reason: 'barcode_taken', line: 2 }]);
    expect(run.rejects[0]?.sentence).toContain('"1"');
  });

  it('because its location could be in several sites', async () => {
    await bench.import('l.csv', 'site,code\nN,A-01\nS,A-01\n', { kind: 'locations' });
    const run = await bench.import(
      'a.csv',
      'sku,name,quantity,location\nA,Tea,1,A-01\nB,Tea,1,S/A-01\nC,Tea,1,Z-99\n',
    );
    expect(run.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'ambiguous_location'],
      [4, 'unknown_location'],
    ]);
    expect(await bench.rows('stock_level')).toHaveLength(1);
  });
});

it('names the first line of a duplicate', async () => {
  const run = await bench.import('a.tsv', `${UHTT}${GOOD}${GOOD}`);
  expect(run.rejects[0]?.sentence).toContain('line 2');
});

it('writes rejected lines so that they can be made again', async () => {
  const bytes = Buffer.from('2\t036000291452\tGr\xfcn\\\u0007', 'latin1');
  const run = await bench.import('a.tsv', Buffer.concat([Buffer.from(UHTT), bytes]));
  expect(run.rejects[0]?.content).toBe(String.raw`2\t036000291452\tGr\xfcn\\\x07`);
});

it('takes back a quote that is never closed, and reads the lines after it', async () => {
  const lines = Array.from({ length: 200 }, (_, at) => `S${at},Tea`);
  lines[20] = 'S20,"Tea';
  const run = await bench.import('a.csv', `sku,name\n${lines.join('\n')}\n`);
  expect(run.totals).toEqual({ read: 200, imported: 199, unchanged: 0, rejected: 1 });
  expect(run.rejects).toMatchObject([{ line: 22, reason: 'quote_not_closed' }]);
});

describe('whatever is in the file', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '\t',
      '\n',
      '\r\n',
      ',',
      '"',
      '1',
      '4006381333931',
      'Name',
      'ё',
      '{',
      '}',
      ' ',
      '\0',
    ),
    fc.uint8Array({ maxLength: 4 }),
  );
  const junk = fc
    .array(piece, { maxLength: 60 })
    .map((pieces) => Buffer.concat(pieces.map((one) => Buffer.from(one as string))));

  it.each(['ID\tUPCEAN\tName\n', 'sku,barcode,name\n', '{"sku":"s","name":"n"}\n'])(
    'every line after %j is imported, unchanged or rejected, and what is stored is valid',
    async (header) => {
      await fc.assert(
        fc.asyncProperty(junk, async (bytes) => {
          const fresh = new ImportBench();
          try {
            const run = await fresh.import('junk', Buffer.concat([Buffer.from(header), bytes]));
            expect(run.code).toBe(0);
            const { read, imported, unchanged, rejected } = run.totals ?? {
              read: -1,
              imported: 0,
              unchanged: 0,
              rejected: 0,
            };
            expect(imported + unchanged + rejected).toBe(read);
            // A record of CSV may be several lines, so only TSV can be counted without reading it.
            expect(read).toBe(header.includes('\t') ? lineCount(bytes) : read);
            expect(run.rejects).toHaveLength(rejected);
            for (const row of await fresh.rows('product')) {
              product.schema.parse(fromStored(product, row));
            }
          } finally {
            fresh.remove();
          }
        }),
        { numRuns: 25 },
      );
    },
  );
});

/** Lines of a TSV file's body, without the blank ones at its end. */
function lineCount(bytes: Buffer): number {
  const lines = bytes.toString('latin1').split('\n');
  const isBlank = (line: string): boolean => Buffer.from(line, 'latin1').toString().trim() === '';
  return lines.findLastIndex((line) => !isBlank(line)) + 1;
}
