import Database from 'better-sqlite3';
import type { Scope } from '../../shared/sync/scope.ts';
import { scopeKindOf } from '../../shared/sync/scope.ts';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { createSearchTables } from '../../shared/replica/search/search-schema.ts';
import { openReadable, openWritable, type SqliteDatabase, translated } from './sqlite.ts';

interface Column {
  name: string;
  type: string;
  isRequired: boolean;
  /** SQL of what rows have that do not say it; null if there is none. */
  otherwise: string | null;
}

export type ReplicaAge =
  /** Made for the entity definitions of this app. */
  | { kind: 'fresh' }
  /** Of another version of the app. Readers can use it until its successor is whole. */
  | { kind: 'readable'; rows: number }
  /** Of another version, and this one's readers would not find in it what they need. */
  | { kind: 'unreadable' };

/**
 * Looks at a replica that may be of an app before this one. After an update the replica is fetched anew, which needs the
 * network; until then people go on with the old file if it can be made to serve: tables that came with the update are added,
 * empty, and so are columns, if rows can do without a value or there is one that all have. Throws STORE_DAMAGED.
 */
export function checkReplicaAge(file: string, scope: Scope): ReplicaAge {
  return translated(file, () => {
    const db = openReadable(file);
    try {
      const held = db
        .prepare('SELECT fingerprint, complete, row_count AS rows FROM replica')
        .get() as { fingerprint: string; complete: number; rows: number } | undefined;
      if (held?.fingerprint === replicaSchema(scopeKindOf(scope)).fingerprint) {
        return { kind: 'fresh' };
      }
      if (held?.complete !== 1) return { kind: 'unreadable' };
      return makeReadable(file, scope)
        ? { kind: 'readable', rows: held.rows }
        : { kind: 'unreadable' };
    } finally {
      db.close();
    }
  });
}

function makeReadable(file: string, scope: Scope): boolean {
  const wanted = emptyReplica(scope);
  const db = openWritable(file, { durability: 'NORMAL' });
  try {
    const additions = additionsFor(db, wanted);
    if (additions === null) return false;
    db.transaction(() => {
      for (const statement of additions) db.exec(statement);
    })();
    return true;
  } finally {
    db.close();
    wanted.close();
  }
}

/** The tables of this app's replicas, to compare with. */
function emptyReplica(scope: Scope): SqliteDatabase {
  const db = new Database(':memory:');
  for (const table of replicaSchema(scopeKindOf(scope)).tables) db.exec(table);
  if (scope === 'catalogue') createSearchTables(db);
  return db;
}

/** What has to be added to the old file; null if that would not do. */
function additionsFor(old: SqliteDatabase, wanted: SqliteDatabase): string[] | null {
  const tables = wanted
    .prepare(
      `SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'product_search_*'`,
    )
    .all() as { name: string; sql: string }[];
  const additions: string[] = [];
  for (const { name, sql } of tables) {
    const held = old
      .prepare(`SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?`)
      .pluck()
      .get(name) as string | undefined;
    const isSearch = sql.startsWith('CREATE VIRTUAL');
    if (isSearch && held !== sql) return null;
    if (isSearch || held === sql) continue;
    if (held === undefined) {
      additions.push(sql);
      continue;
    }
    const columns = columnsOf(old, name);
    for (const column of columnsOf(wanted, name)) {
      const same = columns.find((one) => one.name === column.name);
      if (same && same.type !== column.type) return null;
      if (same) continue;
      if (column.isRequired && column.otherwise === null) return null;
      additions.push(`ALTER TABLE ${name} ADD COLUMN ${definitionOf(column)}`);
    }
  }
  return additions;
}

function definitionOf({ name, type, isRequired, otherwise }: Column): string {
  const rest = otherwise === null ? '' : ` DEFAULT ${otherwise}`;
  return `${name} ${type}${isRequired ? ' NOT NULL' : ''}${rest}`;
}

function columnsOf(db: SqliteDatabase, table: string): Column[] {
  const columns = db
    .prepare(
      'SELECT name, type, "notnull" AS required, dflt_value AS otherwise FROM pragma_table_info(?)',
    )
    .all(table) as { name: string; type: string; required: number; otherwise: string | null }[];
  return columns.map(({ required, ...column }) => ({ ...column, isRequired: required === 1 }));
}
