import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catalogueSource } from './catalogue-source.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-source-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function textOf(rows: number, file: string | null): Promise<string> {
  const { chunks } = await catalogueSource({ rows, file, seed: 1 });
  let text = '';
  for await (const chunk of chunks) text += chunk.toString('utf8');
  return text;
}

const TEXT = 'sku\tname\nA\tОдин\nB\ttwo\nC\tthree\n';

test.each([
  ['fewer rows than the file has', 2, 'sku\tname\nA\tОдин\nB\ttwo\n'],
  ['exactly its rows', 3, TEXT],
  ['more than it has', 9, TEXT],
])('takes the header and %s', async (_, rows, expected) => {
  const plain = join(folder, 'products.tsv');
  writeFileSync(plain, TEXT);
  expect(await textOf(rows, plain)).toBe(expected);
  const packed = join(folder, 'products.tsv.zst');
  writeFileSync(packed, zstdCompressSync(TEXT));
  expect(await textOf(rows, packed)).toBe(expected);
});

test('makes up as many products as asked for', async () => {
  expect((await textOf(2_500, null)).trimEnd().split('\n')).toHaveLength(2_501);
});
