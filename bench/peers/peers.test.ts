import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomFrom } from '../random.ts';
import { sampleLines } from '../sample-catalogue.ts';
import type { PeerReport } from './peer.ts';
import { PeerTable, type ProductRow } from './peer-table.ts';
import { peerJsonLine, peerLines, peerTableLine } from './print-peers.ts';
import { type PeerProduct, PRODUCT_COLUMNS, ProductLog } from './product-log.ts';
import { type ProductSource, startProductSource } from './product-source.ts';
import { runPeer } from './run-peer.ts';

const ROWS = 500;
const CHANGES = 50;
const HEAP_MB = 512;
const NEVER = new AbortController().signal;

let folder: string;
let source: ProductSource;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-peers-'));
  source = await startProductSource(new ProductLog(products()), randomFrom(1));
});
afterEach(async () => {
  await source.close();
  rmSync(folder, { recursive: true });
});

function products(): PeerProduct[] {
  return [...sampleLines(ROWS, 1)].map((line, at) => {
    const [sku = '', barcode = '', name = '', category = '', brand = ''] = line.split('\t');
    const numbers = { price_minor: at, min_stock: 0 };
    return { id: `product-${at}`, sku, barcode, name, category, brand, unit: 'pcs', ...numbers };
  });
}

function run(name: 'hand-written-loop' | 'raw-limit', seconds: number): Promise<PeerReport> {
  const { url: sourceUrl, controlUrl } = source;
  return runPeer(
    { name, folder, sourceUrl, controlUrl, rows: ROWS, changes: CHANGES },
    { seconds, heapMb: HEAP_MB, signal: NEVER },
  );
}

const context = { rows: ROWS, changes: CHANGES, heapMb: HEAP_MB };

test(
  'what needs no packages does all its work, and its lines say how it compares',
  { timeout: 120_000 },
  async () => {
    const limit = await run('raw-limit', 60);
    const loop = await run('hand-written-loop', 60);
    expect([limit.ended, loop.ended]).toEqual([null, null]);
    expect(loop).toMatchObject({ durable: true, hasTextIndex: true });
    const lines = peerLines(loop, { ...context, limits: limit.runs });
    const positive: unknown = expect.toSatisfy((value) => typeof value === 'number' && value > 0);
    expect(lines.map((line) => JSON.parse(peerJsonLine(line)) as unknown)).toEqual([
      expect.objectContaining({
        name: 'peer:hand-written-loop:first-sync',
        rows: ROWS,
        seconds: positive,
        limit: positive,
        ratio: positive,
        rssMb: positive,
        bytesReceived: positive,
      }),
      expect.objectContaining({
        name: 'peer:hand-written-loop:changed-1000-of-n',
        seconds: positive,
        changes: CHANGES,
      }),
      expect.objectContaining({
        name: 'peer:hand-written-loop:nothing-changed',
        p50ms: positive,
        p95ms: positive,
      }),
    ]);
  },
);

test('a peer that takes too long is ended, and its lines say so', async () => {
  const report = await run('hand-written-loop', 0.01);
  const [line] = peerLines(report, { ...context, limits: {} });
  expect(line).toEqual({
    name: 'peer:hand-written-loop:first-sync',
    rows: ROWS,
    unfinished: 'did not finish within 0.01 s',
  });
  expect(line && peerTableLine(line)).toMatch(/first-sync +did not finish within 0\.01 s\n$/);
});

test('the log gives what changed since, each product once', () => {
  const log = new ProductLog(products());
  const { version } = log;
  const random = randomFrom(2);
  const changed = log.change(CHANGES, random);
  log.change(CHANGES, random);
  const { entries, cursor, more } = log.page(version, Infinity);
  const ids = entries.map(({ product }) => product.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain(changed.id);
  expect([cursor, more]).toEqual([log.version, false]);
  expect(log.page(0, Infinity).entries).toHaveLength(ROWS);
});

test('a delta keeps the search index of the hand-written table right', () => {
  const file = join(folder, 'table.db');
  const table = new PeerTable(file);
  const rows: ProductRow[] = products().map((row) => PRODUCT_COLUMNS.map((name) => row[name]));
  table.begin();
  table.insert(rows);
  table.commit(ROWS);
  table.buildIndexes();
  const renamed = rows
    .slice(0, CHANGES)
    .map((row) => row.map((cell, at) => (PRODUCT_COLUMNS[at] === 'name' ? 'Zanzibar' : cell)));
  table.replace(renamed.toReversed(), ROWS + CHANGES);
  const db = new Database(file);
  const found = db
    .prepare(`SELECT count(*) FROM product_search WHERE product_search MATCH 'zanzibar'`)
    .pluck()
    .get();
  expect([found, table.count(), table.cursor]).toEqual([CHANGES, ROWS, ROWS + CHANGES]);
  // Compares every document with the row it is of; throws if one is stale.
  const check = `INSERT INTO product_search (product_search, rank) VALUES ('integrity-check', 1)`;
  expect(() => db.exec(check)).not.toThrow();
  db.close();
  table.close();
});
