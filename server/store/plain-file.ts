import Database from 'better-sqlite3';

/** Whoever opens a database in WAL mode makes files beside it; one that travels alone must not be in it. */
export function makePlainFile(path: string): void {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
}

/** Rows of every table of a file as it is; null if it is damaged. */
export function rowsOfTables(path: string): ReadonlyMap<string, number> | null {
  const database = new Database(path, { readonly: true });
  try {
    if (database.pragma('integrity_check', { simple: true }) !== 'ok') return null;
    const names = database
      .prepare(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'`,
      )
      .pluck()
      .all() as string[];
    return new Map(
      names.map((name) => [
        name,
        database.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number,
      ]),
    );
  } finally {
    database.close();
  }
}
