import { cpSync, rmSync } from 'node:fs';
import { sql } from 'kysely';
import type { StoreLocation } from '../../server/store/engine/open-engine.ts';
import {
  openStore,
  type OpenStoreOptions,
  type ServerStore,
} from '../../server/store/open-store.ts';
import { copyTestDatabase, testDatabase } from './test-database.ts';

/** Of this run: the same tests run on both. */
export const IS_POSTGRES = process.env['TALLYMAN_TEST_ENGINE'] === 'postgres';

/** Where the store of a folder is: in it, or in a database that belongs to it. */
export async function testLocation(dataDir: string): Promise<StoreLocation> {
  return IS_POSTGRES ? { dataDir, database: await testDatabase(dataDir) } : { dataDir };
}

/** Puts a closed store in the place of another closed one, as a backup is made and put back. Its location stays the same. */
export async function copyTestStore(from: string, to: string): Promise<void> {
  if (IS_POSTGRES) await copyTestDatabase(from, to);
  else {
    // Nothing of the other may stay behind, such as a write-ahead log.
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  }
}

/** Makes the database refuse a row for no reason that anybody could foresee, until what it returns is called. */
export async function poisonRow(
  { writer }: ServerStore,
  { table, id }: { table: string; id: string },
): Promise<() => Promise<void>> {
  const [name, key] = [sql.table(table), sql.lit(id)];
  const poison = IS_POSTGRES
    ? [
        sql`create function poison() returns trigger language plpgsql as
          'begin raise exception ''poison''; end'`,
        sql`create trigger poison before insert on ${name} for each row when (new.id = ${key})
          execute function poison()`,
      ]
    : [
        sql`create trigger poison before insert on ${name} when new.id = ${key}
          begin select raise(abort, 'poison'); end`,
      ];
  for (const statement of poison) await statement.execute(writer);
  return async () => {
    await (IS_POSTGRES ? sql`drop trigger poison on ${name}` : sql`drop trigger poison`).execute(
      writer,
    );
  };
}

/** The store of a folder, on the engine of this run. */
export async function openTestStore(options: OpenStoreOptions): Promise<ServerStore> {
  return openStore({ ...options, ...(await testLocation(options.dataDir)) });
}
