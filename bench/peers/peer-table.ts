import Database from 'better-sqlite3';
import { PRODUCT_COLUMNS } from './product-log.ts';

/** A row as the source's arrays have it, in the order of PRODUCT_COLUMNS. */
export type ProductRow = readonly (string | number)[];

const COLUMNS = PRODUCT_COLUMNS.join(', ');
const CACHE_KB = 64 * 1_024;

const TABLES = `
  CREATE TABLE product (
    local_id INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sku TEXT NOT NULL, name TEXT NOT NULL, brand TEXT NOT NULL,
    category TEXT NOT NULL, barcode TEXT NOT NULL, price_minor INTEGER NOT NULL, unit TEXT NOT NULL,
    min_stock INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE sync_state (one INTEGER PRIMARY KEY CHECK (one = 1), cursor INTEGER NOT NULL) STRICT;
  INSERT INTO sync_state VALUES (1, 0);`;

const INDEXES = `
  CREATE INDEX product_sku ON product (sku);
  CREATE INDEX product_barcode ON product (barcode);
  CREATE VIRTUAL TABLE product_search USING fts5 (name, sku, content='product', content_rowid='local_id');
  INSERT INTO product_search (product_search) VALUES ('rebuild');`;

/**
 * Products in SQLite as somebody careful writes it by hand: WAL, prepared statements, indexes and the search index after
 * the rows of a first sync, each delta with its search documents in one transaction, and the cursor in the same one.
 * https://sqlite.org/fts5.html#external_content_tables
 */
export class PeerTable {
  readonly #db: Database.Database;
  readonly #insert: Database.Statement;
  #replace: ((rows: readonly ProductRow[], cursor: number) => void) | null = null;

  constructor(file: string) {
    this.#db = new Database(file);
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = NORMAL');
    this.#db.pragma(`cache_size = -${CACHE_KB}`);
    this.#db.exec(TABLES);
    this.#insert = this.#db.prepare(
      `INSERT INTO product (${COLUMNS}) VALUES (${PRODUCT_COLUMNS.map(() => '?').join(', ')})`,
    );
  }

  get cursor(): number {
    return this.#db.prepare('SELECT cursor FROM sync_state').pluck().get() as number;
  }

  /** Missing until a first sync has got all rows, however often it was cut off. */
  get hasIndexes(): boolean {
    return (
      this.#db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'product_search'`).get() !==
      undefined
    );
  }

  begin(): void {
    this.#db.exec('BEGIN IMMEDIATE');
  }

  commit(cursor: number): void {
    this.#db.prepare('UPDATE sync_state SET cursor = ?').run(cursor);
    this.#db.exec('COMMIT');
  }

  insert(rows: readonly ProductRow[]): void {
    for (const row of rows) this.#insert.run(...row);
  }

  buildIndexes(): void {
    this.#db.exec(`BEGIN; ${INDEXES} COMMIT`);
  }

  /** Upserts rows with their search documents and moves the cursor, in one transaction. */
  replace(rows: readonly ProductRow[], cursor: number): void {
    this.#replace ??= this.#prepareReplace();
    this.#replace(rows, cursor);
  }

  #prepareReplace(): (rows: readonly ProductRow[], cursor: number) => void {
    const old = this.#db.prepare('SELECT local_id, name, sku FROM product WHERE id = ?').raw();
    const forget = this.#db.prepare(
      `INSERT INTO product_search (product_search, rowid, name, sku) VALUES ('delete', ?, ?, ?)`,
    );
    const upsert = this.#db
      .prepare(
        `${this.#insert.source} ON CONFLICT (id) DO UPDATE SET
         ${PRODUCT_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}
         RETURNING local_id, name, sku`,
      )
      .raw();
    const index = this.#db.prepare(
      'INSERT INTO product_search (rowid, name, sku) VALUES (?, ?, ?)',
    );
    return (rows, cursor) => {
      this.begin();
      const known = rows.map((row) => ({
        row,
        before: old.get(row[0]) as [number, string, string] | undefined,
      }));
      // FTS5 writes a segment whenever a row number is below the one before it. New rows come last.
      const ascending = known.toSorted(
        (a, b) => (a.before?.[0] ?? Infinity) - (b.before?.[0] ?? Infinity) || 0,
      );
      for (const { row, before } of ascending) {
        if (before) forget.run(...before);
        index.run(...(upsert.get(...row) as unknown[]));
      }
      this.commit(cursor);
    };
  }

  count(): number {
    return this.#db.prepare('SELECT count(*) FROM product').pluck().get() as number;
  }

  nameOf(id: string): string | undefined {
    return this.#db.prepare('SELECT name FROM product WHERE id = ?').pluck().get(id) as
      string | undefined;
  }

  close(): void {
    this.#db.close();
  }
}
