import { join } from 'node:path';
import { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { siteScope } from '../../shared/sync/scope.ts';
import { recountScopes, storedDigests } from '../../tests/support/recount-scopes.ts';
import { idOf, productRow, siteRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { migrate } from './migrate.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { DATABASE_FILE, openStore } from './open-store.ts';
import type { ServerDatabase } from './server-database.ts';
import { openSqlite } from './engine/sqlite-dialect.ts';

const newFolder = useTempFolders();

/** A folder as a server of before the columns were added left it: two sites, one of which has a location. */
async function olderFolder(): Promise<string> {
  const dataDir = newFolder();
  const engine = openSqlite(join(dataDir, DATABASE_FILE), 'write');
  const db = new Kysely<ServerDatabase>({ dialect: engine.dialect });
  await migrate(db, { now: () => 1, makeEpoch: () => idOf(1) }, [firstTables]);
  const untyped = db as unknown as Kysely<Record<string, Record<string, string | number | null>>>;
  for (const [at, site] of [idOf(10), idOf(11)].entries()) {
    await untyped
      .insertInto('site')
      .values({ id: site, code: `S${at}`, name: 'Site', sort_key: 'site', row_version: 1 })
      .execute();
    await untyped
      .insertInto('sync_scope')
      .values({
        scope_id: at + 2,
        scope: siteScope(site),
        epoch: idOf(2),
        version: 7,
        floor_version: 0,
        row_count: at === 0 ? 1 : 0,
        row_sum: at === 0 ? 123 : 0,
      })
      .execute();
  }
  const row = { id: idOf(12), site_id: idOf(10), code: 'A-01', name: null, zone: null };
  await untyped
    .insertInto('location')
    .values({ ...row, row_version: 3 })
    .execute();
  await untyped
    .insertInto('sync_change')
    .values({ scope_id: 2, entity: 5, id: row.id, version: 3, operation: 0, row_hash: 123 })
    .execute();
  engine.close();
  return dataDir;
}

test('rows with new columns get a new version and a hash that covers them, and no others do', async () => {
  const store = await openStore({ dataDir: await olderFolder() });
  try {
    const location = await store.reader.selectFrom('location').selectAll().executeTakeFirst();
    expect(location).toMatchObject({ capacity: null, blocked: 0, note: null, row_version: 8 });
    const scopes = await store.reader
      .selectFrom('sync_scope')
      .select(['scope', 'version'])
      .where('scope_id', '>', 1)
      .execute();
    expect(scopes).toEqual([
      { scope: siteScope(idOf(10)), version: 8 },
      { scope: siteScope(idOf(11)), version: 7 },
    ]);
    const scope = siteScope(idOf(10));
    expect((await storedDigests(store)).get(scope)).toEqual(
      (await recountScopes(store)).get(scope),
    );
    const change = await store.reader.selectFrom('sync_change').selectAll().executeTakeFirst();
    expect(change?.version).toBe(8);
  } finally {
    await store.close();
  }
});

test('a folder that is up to date is left as it is', async () => {
  const dataDir = newFolder();
  const first = await openStore({ dataDir });
  await commitChanges(first, (tx) => tx.insert('site', [siteRow(1)]));
  await commitChanges(first, (tx) => tx.insert('product', [productRow(1)]));
  const before = await first.reader.selectFrom('sync_scope').selectAll().execute();
  await first.close();
  const second = await openStore({ dataDir });
  expect(await second.reader.selectFrom('sync_scope').selectAll().execute()).toEqual(before);
  await second.close();
});
