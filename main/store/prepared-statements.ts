import type { Prepares, Statement } from './sqlite.ts';

/** The statements of one connection, each prepared once. They are few and asked for often. */
export class PreparedStatements {
  readonly #db: Prepares;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Prepares) {
    this.#db = db;
  }

  get(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
