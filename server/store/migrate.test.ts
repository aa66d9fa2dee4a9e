import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { EntityDefinition } from '../../shared/entities/define-entity.ts';
import { ENTITIES } from '../../shared/entities/registry.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { type EntityTableSpec, entityTableSpec } from './entity-table.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { DATABASE_FILE, openStore } from './open-store.ts';
import type { ServerDatabase } from './server-database.ts';
import { assertSafeSqlite, openSqlite } from './engine/sqlite-dialect.ts';

const newFolder = useTempFolders();
const context = { now: () => 1, makeEpoch: () => 'e' };

interface ColumnInfo {
  name: string;
  type: string;
  notnull: number;
}
interface IndexInfo {
  name: string;
  unique: number;
  origin: string;
}

/** The table as it is in the file, in the words of a specification. */
function liveTable(database: Database.Database, name: string): EntityTableSpec {
  const columns = database.pragma(`table_info(${name})`) as ColumnInfo[];
  const keys = database.pragma(`foreign_key_list(${name})`) as { from: string; table: string }[];
  const indexes = (database.pragma(`index_list(${name})`) as IndexInfo[])
    .filter((index) => index.origin === 'c')
    .map((index) => ({
      columns: (database.pragma(`index_info(${index.name})`) as { name: string }[]).map(
        (column) => column.name,
      ),
      unique: index.unique === 1,
    }));
  return {
    name,
    columns: Object.fromEntries(
      columns.map(({ name: column, type, notnull }) => [
        column,
        `${type.toLowerCase() as 'text' | 'integer'}${notnull === 1 || column === 'id' ? '' : '?'}`,
      ]),
    ),
    references: Object.fromEntries(keys.map(({ from, table }) => [from, table])),
    indexes: indexes.toSorted(byColumns),
  };
}

function byColumns(a: { columns: readonly string[] }, b: { columns: readonly string[] }): number {
  return a.columns.join() < b.columns.join() ? -1 : 1;
}

test.each(ENTITIES.map((entity) => [entity.name, entity as unknown as EntityDefinition]))(
  'the live table of %s has what its definition says',
  async (name, entity) => {
    const dataDir = newFolder();
    await (await openStore({ dataDir })).close();
    const database = new Database(join(dataDir, DATABASE_FILE));
    const expected = entityTableSpec(entity);
    try {
      const live = liveTable(database, name);
      // In any order: a column that was added later is the last one of its table.
      expect(live).toEqual({ ...expected, indexes: expected.indexes.toSorted(byColumns) });
    } finally {
      database.close();
    }
  },
);

describe('migrations', () => {
  function openWriter(): { db: Kysely<ServerDatabase>; file: string; close: () => void } {
    const file = join(newFolder(), DATABASE_FILE);
    const engine = openSqlite(file, 'write');
    return { db: new Kysely({ dialect: engine.dialect }), file, close: engine.close };
  }

  function makesTable(name: string): Migration {
    return {
      name,
      up: async (db) => {
        await db.schema.createTable(`of_${name}`).addColumn('id', 'integer').execute();
      },
    };
  }

  test('are applied once, in order, and recorded', async () => {
    const { db, close } = openWriter();
    await migrate(db, context, [makesTable('a')]);
    await migrate(db, context, [makesTable('a'), makesTable('b'), makesTable('c')]);
    const names = await db.selectFrom('migration').select('name').execute();
    expect(names.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    close();
  });

  test('of which one fails leave nothing behind', async () => {
    const { db, close, file } = openWriter();
    const failing: Migration = { name: 'b', up: () => Promise.reject(new Error('no')) };
    await expect(migrate(db, context, [makesTable('a'), failing])).rejects.toThrow('no');
    close();
    const database = new Database(file);
    expect(database.prepare("select name from sqlite_master where type = 'table'").all()).toEqual(
      [],
    );
    database.close();
  });

  test('that this server does not know mean a newer server', async () => {
    const { db, close } = openWriter();
    await migrate(db, context, [makesTable('a'), makesTable('b')]);
    await expect(migrate(db, context, [makesTable('a')])).rejects.toMatchObject({
      code: 'STORE_TOO_NEW',
    });
    close();
  });
});

test('a server keeps its id and its name', async () => {
  const dataDir = newFolder();
  const first = await openStore({ dataDir, name: 'North' });
  await first.close();
  const second = await openStore({ dataDir });
  expect(second.serverId).toBe(first.serverId);
  expect(second.serverName).toBe('North');
  await second.close();
});

test.each(['3.51.2', '3.50.9', '2.99.99'])('SQLite %s is refused', (version) => {
  expect(() => assertSafeSqlite(version)).toThrow(
    expect.objectContaining({ code: 'SQLITE_TOO_OLD' }),
  );
});

test.each(['3.51.3', '3.52.0', '4.0.0'])('SQLite %s is taken', (version) => {
  expect(() => assertSafeSqlite(version)).not.toThrow();
});
