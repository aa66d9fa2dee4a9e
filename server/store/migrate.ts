import type { Kysely, Transaction } from 'kysely';
import { TallymanError } from '../../shared/errors.ts';
import { flavourOf } from './engine/flavour-of.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { push } from './migrations/0002-push.ts';
import { warehouseWork } from './migrations/0003-warehouse-work.ts';
import { photoHashes } from './migrations/0004-photo-hashes.ts';
import { settling } from './migrations/0005-settling.ts';
import { people } from './migrations/0006-people.ts';
import { retention } from './migrations/0007-retention.ts';
import { auditSearch } from './migrations/0008-audit-search.ts';
import { rightsChanges } from './migrations/0009-rights-changes.ts';
import type { Migration, MigrationContext } from './migrations/migration.ts';
import { restampRows } from './restamp-rows.ts';
import type { ServerDatabase } from './server-database.ts';

/** In the order in which they are applied. Append only. */
const MIGRATIONS: readonly Migration[] = [
  firstTables,
  push,
  warehouseWork,
  photoHashes,
  settling,
  people,
  retention,
  auditSearch,
  rightsChanges,
];

export interface MigrateOptions extends MigrationContext {
  now: () => number;
}

/** Brings the database up to date in one transaction: all missing migrations are applied, or none. */
export async function migrate(
  db: Kysely<ServerDatabase>,
  options: MigrateOptions,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await flavourOf(tx).beginMigration(tx);
    const applied = await appliedMigrations(tx);
    for (const [at, name] of applied.entries()) {
      if (migrations[at]?.name === name) continue;
      throw new TallymanError(
        'STORE_TOO_NEW',
        'This data folder was made by a newer Tallyman server. Update this server to open it.',
        { details: { migration: name } },
      );
    }
    const missing = migrations.slice(applied.length);
    for (const migration of missing) {
      await migration.up(tx, options);
      await tx
        .insertInto('migration')
        .values({ name: migration.name, applied_at: options.now() })
        .execute();
    }
    const restamped = new Set(missing.flatMap(({ restamps = [] }) => restamps));
    if (restamped.size > 0) await restampRows(tx, [...restamped]);
  });
}

/** What a database lacks that was opened before; changes nothing. */
export async function missingMigrations(db: Kysely<ServerDatabase>): Promise<readonly string[]> {
  const applied = await db.selectFrom('migration').select('name').execute();
  const names = new Set(applied.map(({ name }) => name));
  return MIGRATIONS.flatMap(({ name }) => (names.has(name) ? [] : [name]));
}

async function appliedMigrations(tx: Transaction<ServerDatabase>): Promise<readonly string[]> {
  const { text, integer, tableOptions } = flavourOf(tx);
  await tx.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('name', text, (column) => column.primaryKey())
    .addColumn('applied_at', integer, (column) => column.notNull())
    .modifyEnd(tableOptions)
    .execute();
  const rows = await tx.selectFrom('migration').select('name').orderBy('name').execute();
  return rows.map((row) => row.name);
}
