/**
 * What making and keeping a replica file needs of an open SQLite database, in the shape of better-sqlite3: laptop and server
 * each bring their own connection, and the code that fills the file is one. Methods, not properties, because
 * better-sqlite3's statements are typed more narrowly by their parameters.
 */
export interface SqlDatabase {
  readonly inTransaction: boolean;
  prepare(sql: string): SqlStatement;
  exec(sql: string): unknown;
  pragma(source: string): unknown;
}

export interface SqlStatement {
  run(...values: unknown[]): { changes: number; lastInsertRowid: number | bigint };
  get(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown[];
  /** Rows become their first value. */
  pluck(): SqlStatement;
  /** Rows become arrays. */
  raw(): SqlStatement;
}
