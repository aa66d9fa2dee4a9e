import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Kysely } from 'kysely';
import type { EntityIndex } from '../../shared/entities/define-entity.ts';
import { DATABASE_FILE } from '../../server/store/open-store.ts';
import { openSqlite } from '../../server/store/engine/sqlite-dialect.ts';
import type { ColumnPlan } from './entity-plan.ts';
import { UsageError } from './usage-error.ts';

export interface ServerTable {
  columns: readonly ColumnPlan[];
  indexes: readonly EntityIndex[];
  /** What was left out, and why. */
  notes: readonly string[];
}

interface FoundColumn {
  name: string;
  type: string;
  notnull: number;
}

/** Columns that every entity gets by itself. */
const OWN_COLUMNS: ReadonlySet<string> = new Set(['id', 'site_id', 'row_version', 'sort_key']);

/** Reads columns, nullability, references and indexes of a table of the server's database. The table is left as it is. */
export async function readServerTable(
  table: string,
  dataDir: string,
  entities: ReadonlySet<string>,
): Promise<ServerTable> {
  const file = join(dataDir, DATABASE_FILE);
  if (!existsSync(file)) {
    throw new UsageError(
      `There is no server database in ${dataDir}. Give the server's --data folder.`,
    );
  }
  const engine = openSqlite(file, 'read');
  const db = new Kysely<Record<string, never>>({ dialect: engine.dialect });
  const ask = async <TRow>(text: ReturnType<typeof sql<TRow>>): Promise<TRow[]> =>
    (await text.execute(db)).rows;
  try {
    const found = await ask(
      sql<FoundColumn>`select name, type, "notnull" from pragma_table_info(${table})`,
    );
    if (found.length === 0) {
      const tables = await ask(
        sql<{ name: string }>`select name from sqlite_master where type = 'table' order by name`,
      );
      const names = tables.map(({ name }) => name).join(', ');
      throw new UsageError(`The server has no table ${table}. There are: ${names}.`);
    }
    const keys = await ask(
      sql<{
        from: string;
        table: string;
      }>`select "from", "table" from pragma_foreign_key_list(${table})`,
    );
    const targets = new Map(
      keys.filter((key) => entities.has(key.table)).map((key) => [key.from, key.table]),
    );
    const columns = found
      .filter(({ name }) => !OWN_COLUMNS.has(name))
      .map((column) => columnOf(column, targets.get(column.name) ?? null));
    const indexes = await ask(
      sql<{ name: string; unique: number; columns: string }>`
        select i.name, i."unique", (select json_group_array(c.name) from pragma_index_info(i.name) c) as columns
        from pragma_index_list(${table}) i where i.origin <> 'pk' and i.partial = 0 order by i.name`,
    );
    const kept = new Set(columns.map(({ name }) => name));
    return {
      columns,
      indexes: indexes
        .map((index) => ({
          columns: JSON.parse(index.columns) as string[],
          unique: index.unique === 1,
        }))
        .filter((index) => index.columns.every((name) => kept.has(name))),
      notes: [
        `The rows of ${table} stay where they are. Bring them in through the new upsert procedure, each with a UUID as its id.`,
      ],
    };
  } finally {
    engine.close();
  }
}

/** By SQLite's own rules of affinity, and booleans by name. What cannot be compared exactly is refused. */
function columnOf({ name, type, notnull }: FoundColumn, target: string | null): ColumnPlan {
  const column = { name, nullable: notnull === 0, choices: [], target };
  if (target !== null) return { ...column, kind: 'ref' };
  if (/bool/i.test(type)) return { ...column, kind: 'boolean' };
  if (/int/i.test(type)) return { ...column, kind: 'integer' };
  if (/char|clob|text/i.test(type)) return { ...column, kind: 'text' };
  throw new UsageError(
    `${name} is ${type === '' ? 'of no type' : type}, which cannot be compared exactly on both sides. Keep it as integers of a smaller unit, or write the --columns yourself.`,
  );
}
