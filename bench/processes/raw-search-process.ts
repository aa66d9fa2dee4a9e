import { matchExpression, parseSearchQuery } from '../../main/store/search/search-query.ts';
import { openReadable, type ReadableDatabase } from '../../main/store/sqlite.ts';
import { wordsOf } from '../../shared/domain/fold-text.ts';
import { serveProcess } from '../bench-process.ts';
import { BROWSED_PAGES, jumpOffsets, PAGE_ROWS } from '../page-rows.ts';
import { randomFrom, sampleBelow } from '../random.ts';
import { type Spread, spreadOf } from '../statistics.ts';
import { timed } from '../stopwatch.ts';

/** Ranking a million products by FTS5 takes up to half a second: fewer are enough. */
const RANKED_QUERIES = 400;

export interface RawSearchInput {
  replicaFile: string;
  queries: number;
  seed: number;
}

export interface RawSearchOutput {
  /** What people typed so far, at some moment of typing the first two words of a product's name. */
  queries: readonly string[];
  unranked: Spread;
  ranked: Spread;
  counts: Spread;
  browsed: Spread;
  jumps: Spread;
}

/** The limits of reading: SQL alone on the same file, in one thread that does nothing else. */
serveProcess(async (input: RawSearchInput): Promise<RawSearchOutput> => {
  const db = openReadable(input.replicaFile);
  const queries = typedQueries(db, input);
  const expressions = queries.flatMap((text) => {
    const { terms } = parseSearchQuery(text);
    return matchExpression(terms, { facets: [], withoutFacets: [] }) ?? [];
  });
  const matches = `FROM product_search WHERE product_search MATCH ?`;
  const unranked = db.prepare(`SELECT rowid ${matches} LIMIT ${PAGE_ROWS}`);
  const ranked = db.prepare(`SELECT rowid ${matches} ORDER BY rank LIMIT ${PAGE_ROWS}`);
  const counted = db.prepare(`SELECT count(*) ${matches}`);
  const each = (some: readonly string[], work: (text: string) => unknown): Spread =>
    spreadOf(some.map((text) => timed(() => work(text))));
  const output = {
    queries,
    unranked: each(expressions, (text) => unranked.all(text)),
    ranked: each(expressions.slice(0, RANKED_QUERIES), (text) => ranked.all(text)),
    counts: each([...new Set(expressions)], (text) => counted.all(text)),
    browsed: browse(db),
    jumps: jump(db, input.seed),
  };
  db.close();
  return output;
});

function typedQueries(db: ReadableDatabase, { queries, seed }: RawSearchInput): string[] {
  const random = randomFrom(seed);
  const last = db.prepare('SELECT max(local_id) FROM product').pluck().get() as number;
  const nameOf = db.prepare('SELECT name FROM product WHERE local_id = ?').pluck();
  const texts: string[] = [];
  // With fewer products than queries a name serves several times.
  while (texts.length < queries) {
    for (const at of sampleBelow(last, queries - texts.length, random)) {
      const words = wordsOf(String(nameOf.get(at + 1)))
        .slice(0, 2)
        .join(' ');
      const length = 2 + Math.floor(random() * Math.max(1, words.length - 1));
      if (words.length >= 2) texts.push(words.slice(0, length).trim());
    }
  }
  return texts;
}

function browse(db: ReadableDatabase): Spread {
  const page = db.prepare(
    `SELECT * FROM product WHERE (sort_key, local_id) > (?, ?) ORDER BY sort_key, local_id LIMIT ${PAGE_ROWS}`,
  );
  let last = { sort_key: '', local_id: 0 };
  const times: number[] = [];
  for (let pages = 0; pages < BROWSED_PAGES; pages++) {
    times.push(
      timed(() => {
        const rows = page.all(last.sort_key, last.local_id) as (typeof last)[];
        last = rows.at(-1) ?? { sort_key: '', local_id: 0 };
      }),
    );
  }
  return spreadOf(times);
}

function jump(db: ReadableDatabase, seed: number): Spread {
  const rows = db.prepare('SELECT count(*) FROM product').pluck().get() as number;
  const page = db.prepare(
    `SELECT * FROM product ORDER BY sort_key, local_id LIMIT ${PAGE_ROWS} OFFSET ?`,
  );
  return spreadOf(jumpOffsets(rows, seed).map((offset) => timed(() => page.all(offset))));
}
