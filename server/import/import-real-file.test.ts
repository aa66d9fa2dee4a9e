import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createZstdDecompress } from 'node:zlib';
import { expect, it } from 'vitest';
import { ImportBench } from './import-bench.ts';

const FILE = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'products-1m.tsv.zst');
const LINES = 50_000;
const isThere = existsSync(FILE);
if (!isThere) process.stderr.write(`Skipped the test with real products: ${FILE} is not there.\n`);

it.skipIf(!isThere)(
  'takes the first lines of a real catalogue, and nothing the second time',
  async () => {
    const bench = new ImportBench();
    try {
      const lines = await firstLines(LINES + 1);
      const file = bench.file('real.tsv', `${lines.join('\n')}\n`);
      const first = await bench.run(file);
      expect(first.totals).toEqual({ read: LINES, imported: LINES, unchanged: 0, rejected: 0 });
      const barcodes = await bench.rows('barcode');
      const inFile = lines.slice(1).map((line) => line.split('\t')[1]);
      expect(barcodes.map((barcode) => barcode['code'])).toEqual(inFile);
      const before = await bench.scopes();
      const second = await bench.run(file);
      expect(second.totals).toEqual({ read: LINES, imported: 0, unchanged: LINES, rejected: 0 });
      expect(await bench.scopes()).toEqual(before);
    } finally {
      bench.remove();
    }
  },
  180_000,
);

async function firstLines(count: number): Promise<string[]> {
  const lines: string[] = [];
  const text = createReadStream(FILE).pipe(createZstdDecompress());
  for await (const line of createInterface({ input: text })) {
    lines.push(line);
    if (lines.length === count) break;
  }
  text.destroy();
  return lines;
}
