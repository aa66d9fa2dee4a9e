import type { Prepares, Statement } from './sqlite.ts';

/** Statements of one reading connection, each prepared once. The texts are the program's own, so there are few. */
export class StatementCache implements Prepares {
  readonly #db: Prepares;
  readonly #statements = new Map<string, Statement>();
  readonly #columns = new Map<string, Statement>();

  constructor(db: Prepares) {
    this.#db = db;
  }

  /** A cache is taken as it is. */
  static over(db: Prepares): StatementCache {
    return db instanceof StatementCache ? db : new StatementCache(db);
  }

  all<T>(sql: string, ...values: readonly unknown[]): T[] {
    return this.#rows(sql).all(...values) as T[];
  }

  first<T>(sql: string, ...values: readonly unknown[]): T | null {
    return (this.#rows(sql).get(...values) as T | undefined) ?? null;
  }

  /** The first column of every row. */
  column<T>(sql: string, ...values: readonly unknown[]): T[] {
    return this.#firstColumn(sql).all(...values) as T[];
  }

  /** The first column of the first row. */
  value<T>(sql: string, ...values: readonly unknown[]): T | null {
    return (this.#firstColumn(sql).get(...values) as T | undefined) ?? null;
  }

  /**
   * What `work` reads is one point in time of this database. A savepoint instead of a transaction, because it may be
   * called within one.
   */
  atOnce<T>(work: () => T): T {
    this.#rows('SAVEPOINT reading').run();
    try {
      return work();
    } finally {
      this.#rows('RELEASE reading').run();
    }
  }

  /** For those who keep their statements themselves. */
  prepare(sql: string): Statement {
    return this.#db.prepare(sql);
  }

  #rows(sql: string): Statement {
    return remembered(this.#statements, sql, () => this.#db.prepare(sql));
  }

  #firstColumn(sql: string): Statement {
    return remembered(this.#columns, sql, () => this.#db.prepare(sql).pluck());
  }
}

function remembered<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
