import { entityNamed } from '../../shared/entities/registry.ts';
import { replicaColumns } from '../../shared/replica/replica-schema.ts';
import { createSearchIndexWriter } from '../../shared/replica/search/search-index-writer.ts';
import { openWritable } from '../../main/store/sqlite.ts';
import { serveProcess } from '../bench-process.ts';
import { randomFrom, sampleBelow } from '../random.ts';
import { median } from '../statistics.ts';
import { timed } from '../stopwatch.ts';

const CACHE_BYTES = 64 * 1024 * 1024;

export interface RawChangeInput {
  /** A copy of a synced catalogue, for us to change. */
  replicaFile: string;
  changes: number;
  repeats: number;
  seed: number;
}

export interface RawChangeOutput {
  seconds: number;
}

/** The limit of a small delta: one transaction that upserts the rows and their search documents, and nothing else. */
serveProcess(async (input: RawChangeInput): Promise<RawChangeOutput> => {
  const db = openWritable(input.replicaFile, { durability: 'NORMAL', cacheBytes: CACHE_BYTES });
  const columns = replicaColumns(entityNamed('product'));
  const upsert = db
    .prepare(
      `INSERT INTO product (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}
       RETURNING local_id`,
    )
    .pluck();
  const read = db.prepare(`SELECT ${columns.join(', ')} FROM product WHERE local_id = ?`).raw();
  const last = db.prepare('SELECT max(local_id) FROM product').pluck().get() as number;
  const search = createSearchIndexWriter(db);
  const random = randomFrom(input.seed);
  const nameAt = columns.indexOf('name');
  const sortAt = columns.indexOf('sort_key');
  const seconds: number[] = [];
  for (let repeat = 0; repeat < input.repeats; repeat++) {
    const rows = sampleBelow(last, input.changes, random).map((at) => {
      const row = read.get(at + 1) as unknown[];
      for (const place of [nameAt, sortAt]) row[place] = `${String(row[place])} w${repeat}`;
      return row;
    });
    const ms = timed(() => {
      db.exec('BEGIN IMMEDIATE');
      for (const row of rows) search.productWritten(upsert.get(...row) as number, false);
      search.flush();
      db.exec('COMMIT');
    });
    seconds.push(ms / 1_000);
  }
  db.close();
  return { seconds: median(seconds) };
});
