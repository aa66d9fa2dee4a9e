import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImportBench } from './import-bench.ts';
import { IMPORT_BATCH_LINES } from './import-records.ts';

let bench: ImportBench;
beforeEach(() => {
  bench = new ImportBench();
});
afterEach(() => bench.remove());

/** Does not compress well, so that half of the packed file is about half of the lines. */
function manyLines(count: number): string {
  let noise = 1;
  const lines = Array.from({ length: count }, (_, at) => {
    noise = Math.imul(noise, 1_103_515_245) + 12_345;
    return `S${at}\tName ${(noise >>> 0).toString(36)}`;
  });
  return `sku\tname\n${lines.join('\n')}\n`;
}

describe('a file that cannot be imported is refused in one sentence', () => {
  it.each<[name: string, content: string | Uint8Array, sentence: RegExp]>([
    ['empty.csv', '', /empty\.csv is empty/],
    ['blank.csv', '\n \n', /is empty/],
    ['empty.csv.gz', gzipSync(''), /is empty/],
    ['table.xlsx', Buffer.from('PK\u0003\u0004rest'), /Excel/],
    ['photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]), /not a text file/],
    ['nul.csv', 'a\0b\n', /not a text file/],
    ['utf16.csv', Buffer.from('\uFEFFsku,name\nA,Tea\n', 'utf16le'), /UTF-16/],
    ['array.json', '[{"sku":"A","name":"Tea"}]', /JSON Lines/],
    ['no-name.csv', 'sku,price\nA,1\n', /no column name.*"sku", "price"/],
    ['no-key.tsv', 'name\tbrand\nTea\tLeafy\n', /no column sku or barcode or UPCEAN/],
    ['twice.csv', 'sku,ID,name\nA,B,Tea\n', /column sku twice/],
    ['quotes.csv', '"sku,name\nA,Tea\n', /header line whose quotes/],
    [
      'damaged.gz',
      Buffer.concat([gzipSync('x').subarray(0, 10), Buffer.from('junk junk junk')]),
      /damaged|cut off/,
    ],
    ['damaged.zst', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 9, 9, 9, 9, 9, 9]), /damaged|cut off/],
  ])('%s', async (name, content, sentence) => {
    const run = await bench.import(name, content);
    expect(run.code).not.toBe(0);
    expect(run.totals).toBeNull();
    expect(run.stderr).toMatch(sentence);
    expect(run.stderr).toMatch(/^The .*\.\n$/);
  });

  it('one that is not there', async () => {
    const run = await bench.run(join(bench.folder, 'nowhere.csv'));
    expect(run).toMatchObject({ code: 1, stderr: 'The file nowhere.csv does not exist.\n' });
  });

  it('a folder', async () => {
    const folder = join(bench.folder, 'folder.csv');
    mkdirSync(folder);
    expect(await bench.run(folder)).toMatchObject({
      code: 1,
      stderr: 'The file folder.csv is a folder, not a file.\n',
    });
  });

  it('any file, if the data folder has no parent or the currency is none', async () => {
    const file = bench.file('a.csv', 'sku,name\nA,Tea\n');
    const nowhere = await bench.run(file, { data: join(bench.folder, 'no', 'where') });
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toMatch(/^The folder .* does not exist/);
    const currency = await bench.run(file, { currency: 'euro' });
    expect(currency).toMatchObject({ code: 1, totals: null });
    expect(currency.stderr).toContain('EUR');
  });
});

describe('an import that ends early keeps whole batches', () => {
  const lines = IMPORT_BATCH_LINES * 3;

  it.each([
    ['cut.tsv.gz', gzipSync],
    ['cut.tsv.zst', zstdCompressSync],
  ])('when %s is cut off', async (name, pack) => {
    const packed = pack(Buffer.from(manyLines(lines)));
    const run = await bench.import(name, packed.subarray(0, Math.floor(packed.length * 0.6)));
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/is cut off.*first \d+ lines were done/);
    const { length } = await bench.rows('product');
    expect(length).toBeGreaterThan(0);
    expect(length % IMPORT_BATCH_LINES).toBe(0);
    const whole = await bench.import(name, packed);
    expect(whole.totals).toEqual({
      read: lines,
      imported: lines - length,
      unchanged: length,
      rejected: 0,
    });
  });

  it('when a person stops it', async () => {
    const file = bench.file('many.tsv', manyLines(lines));
    const run = await bench.run(file, { signal: AbortSignal.abort() });
    expect(run.code).toBe(130);
    expect(run.stderr).toMatch(/^Stopped\. .*run the same command again/);
    expect((await bench.rows('product')).length % IMPORT_BATCH_LINES).toBe(0);
    expect((await bench.run(file)).totals).toMatchObject({ read: lines });
    expect(await bench.rows('product')).toHaveLength(lines);
  });
});
