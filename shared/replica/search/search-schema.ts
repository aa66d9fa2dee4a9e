import type { SqlDatabase } from '../sql-database.ts';

/**
 * The search index of a catalogue replica. Measured on a million real products:
 * - Contentless: the texts are in `product` already; with them the index would be twice the size.
 *   `contentless_delete` lets a document go without its old text.
 * - `detail=column` is enough to search names alone. Positions would cost a quarter more and are worth nothing here,
 *   since ranking looks at the texts of few candidates.
 * - Prefix indexes for one to three characters. Without the first, the second word of a search costs 50 ms while it
 *   has one letter; from four on the terms are few enough.
 * - The `ascii` tokenizer only splits at spaces: folding and splitting are done before, the same way for documents and
 *   queries (search-terms.ts).
 */
const PRODUCT_SEARCH = `CREATE VIRTUAL TABLE product_search USING fts5(
  name, sku, brand, category, facets,
  content='', contentless_delete=1, detail=column, prefix='1 2 3', tokenize='ascii'
)`;

/**
 * What is still to be indexed, in the file itself so that a killed process loses nothing. `everything` stands for
 * all products, `brand` and `category` for the products of one; those up to `after` are done.
 */
const SEARCH_PENDING = `CREATE TABLE search_pending (
  kind TEXT NOT NULL CHECK (kind IN ('everything', 'brand', 'category')),
  id TEXT NOT NULL,
  after INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID`;

/** Makes an empty index that owes every product. Products are indexed by `reindexPending` or `buildSearchIndex`. */
export function createSearchTables(db: SqlDatabase): void {
  db.exec(PRODUCT_SEARCH);
  db.exec(SEARCH_PENDING);
  db.exec(`INSERT INTO search_pending (kind, id, after) VALUES ('everything', '', 0)`);
}
