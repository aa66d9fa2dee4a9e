import { entitiesOf } from '../../shared/entities/registry.ts';
import { replicaColumns, replicaSchema } from '../../shared/replica/replica-schema.ts';
import { buildSearchIndex } from '../../shared/replica/search/build-search-index.ts';
import { createSearchTables } from '../../shared/replica/search/search-schema.ts';
import {
  openReadable,
  openWritable,
  type ReadableDatabase,
  type WritableDatabase,
} from '../../main/store/sqlite.ts';
import { serveProcess } from '../bench-process.ts';
import { Stopwatch } from '../stopwatch.ts';

const CACHE_BYTES = 64 * 1024 * 1024;
/** Rows are fetched in pieces between the timed inserts, so that their memory does not count as the limit's. */
const ROWS_PER_PIECE = 5_000;

/** The search table that one writes without thinking twice, for comparison. */
const PLAIN_SEARCH = `CREATE VIRTUAL TABLE plain_search USING fts5(name, sku, content='product', content_rowid='local_id')`;

export interface RawFillInput {
  /** A synced catalogue: the same rows. */
  replicaFile: string;
  /** Is made. */
  targetFile: string;
}

export interface RawFillOutput {
  insertSeconds: number;
  indexSeconds: number;
  searchIndexSeconds: number;
  plainSearchSeconds: number;
}

/** The limit of a first sync: better-sqlite3 alone puts the same rows into the same tables and indexes. */
serveProcess(async ({ replicaFile, targetFile }: RawFillInput): Promise<RawFillOutput> => {
  const source = openReadable(replicaFile);
  const target = openWritable(targetFile, { durability: 'NORMAL', cacheBytes: CACHE_BYTES });
  const schema = replicaSchema('catalogue');
  for (const table of schema.tables) target.exec(table);
  createSearchTables(target);
  const inserting = insertRows(source, target);
  const indexing = new Stopwatch();
  indexing.run(() => {
    for (const index of schema.indexes) target.exec(index);
  });
  const searching = new Stopwatch();
  searching.run(() => [...buildSearchIndex(target)]);
  const plain = new Stopwatch();
  plain.run(() => {
    target.exec(PLAIN_SEARCH);
    target.exec(`INSERT INTO plain_search (plain_search) VALUES ('rebuild')`);
  });
  source.close();
  target.close();
  return {
    insertSeconds: inserting.seconds,
    indexSeconds: indexing.seconds,
    searchIndexSeconds: searching.seconds,
    plainSearchSeconds: plain.seconds,
  };
});

function insertRows(source: ReadableDatabase, target: WritableDatabase): Stopwatch {
  const watch = new Stopwatch();
  target.exec('BEGIN IMMEDIATE');
  for (const entity of entitiesOf('catalogue')) {
    const columns = replicaColumns(entity);
    const insert = target.prepare(
      `INSERT INTO ${entity.name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    const read = source
      .prepare(
        `SELECT ${columns.join(', ')}, local_id FROM ${entity.name} WHERE local_id > ? ORDER BY local_id LIMIT ${ROWS_PER_PIECE}`,
      )
      .raw();
    for (let after = 0; ;) {
      const rows = read.all(after) as unknown[][];
      if (rows.length === 0) break;
      after = rows.at(-1)?.at(-1) as number;
      for (const row of rows) row.pop();
      watch.run(() => {
        for (const row of rows) insert.run(...row);
      });
    }
  }
  watch.run(() => target.exec('COMMIT'));
  return watch;
}
