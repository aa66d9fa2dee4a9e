import type { SqlDatabase } from '../sql-database.ts';
import { createSearchIndexWriter } from './search-index-writer.ts';

/** About 10 ms of work. */
const DOCUMENTS_PER_STEP = 500;
/** A commit writes a segment of the index: about 20 ms for this many. */
const STEPS_PER_COMMIT = 10;
/** Segments that are merged into one at a time; FTS5 allows no more. */
const SEGMENTS_PER_MERGE = 16;
/** About 10 ms of work. */
const PAGES_PER_MERGE_STEP = 64;

/** While building: a segment per commit, and merges only where we say so. FTS5's own would take 240 ms at once. */
const BUILD_SETTINGS = { hashsize: 16 * 1024 * 1024, automerge: 0, crisismerge: 2_000 };
/** In use: a commit merges nothing, since merges of its own choice held it up by half a second. `mergeSearchIndex` does. */
const USE_SETTINGS = { hashsize: 1024 * 1024, automerge: 0, crisismerge: 2_000 };
/** In use, so many segments of a size become one. */
const SEGMENTS_IN_USE = 4;

/**
 * Indexes every product that has no document yet, then merges the index into one segment. Much quicker than indexing
 * page by page, since each word is written a few times only. Yields after every bounded step, so that the caller can serve
 * others in between; nobody else may write to the connection until it has ended. Commits by itself, and goes on where it
 * was if the process was killed.
 */
export function* buildSearchIndex(db: SqlDatabase): Generator<void, void, void> {
  configure(db, BUILD_SETTINGS);
  const writer = createSearchIndexWriter(db);
  try {
    for (let commits = 1, isMore = true; isMore; commits++) {
      db.exec('BEGIN IMMEDIATE');
      for (let steps = 0; isMore && steps < STEPS_PER_COMMIT; steps++) {
        isMore = writer.reindexPending(DOCUMENTS_PER_STEP);
        yield;
      }
      db.exec('COMMIT');
      yield;
      // Opening many segments for each step of one last merge would take longer than the merge.
      if (commits % SEGMENTS_PER_MERGE === 0) yield* merge(db, SEGMENTS_PER_MERGE);
    }
    yield* merge(db, SEGMENTS_PER_MERGE, -PAGES_PER_MERGE_STEP);
  } finally {
    // A caller who stops early leaves an unfinished transaction.
    if (db.inTransaction) db.exec('ROLLBACK');
    configure(db, USE_SETTINGS);
  }
}

/** What changed rows left behind is put in order, in the transaction of the rows. Yields after every bounded step. */
export function mergeSearchIndex(db: SqlDatabase): Generator<void, void, void> {
  return merge(db, SEGMENTS_IN_USE);
}

/** Merges until there is nothing left to merge. A negative first step asks for all segments, whatever their size. */
function* merge(
  db: SqlDatabase,
  segments: number,
  firstPages: number = PAGES_PER_MERGE_STEP,
): Generator<void, void, void> {
  const step = db.prepare(`INSERT INTO product_search (product_search, rank) VALUES ('merge', ?)`);
  const changes = db.prepare('SELECT total_changes()').pluck();
  setting(db, 'usermerge', segments);
  for (let pages = firstPages; ; pages = PAGES_PER_MERGE_STEP) {
    const before = changes.get() as number;
    step.run(pages);
    // FTS5's documented sign that there was nothing to do.
    if ((changes.get() as number) - before < 2) return;
    yield;
  }
}

function configure(db: SqlDatabase, settings: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(settings)) setting(db, name, value);
}

function setting(db: SqlDatabase, name: string, value: number): void {
  // Bound as a bigint: FTS5 refuses a setting that arrives as a floating-point number.
  db.prepare('INSERT INTO product_search (product_search, rank) VALUES (?, ?)').run(
    name,
    BigInt(value),
  );
}
