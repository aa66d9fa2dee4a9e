import type { Transaction } from 'kysely';
import { flavourOf } from '../engine/flavour-of.ts';
import type { ServerDatabase } from '../server-database.ts';
import type { Migration } from './migration.ts';

/** Indexes by which a count is settled: what was moved since an instant, and what was seen of some goods. */
const INDEXES = [
  {
    table: 'stock_movement',
    instead: null,
    columns: ['product_id', 'moved_at'],
  },
  {
    table: 'count_observation',
    instead: ['count_id'],
    columns: ['count_id', 'location_id', 'product_id', 'lot', 'serial'],
  },
  {
    table: 'count_line',
    instead: ['count_id'],
    columns: ['count_id', 'location_id', 'product_id', 'lot', 'serial'],
  },
] as const;

export const settling: Migration = {
  name: '0005-settling',
  restamps: ['stock_count'],
  up: async (db) => {
    await db.schema
      .alterTable('stock_count')
      .addColumn('not_since', flavourOf(db).integer)
      .execute();
    for (const { table, instead, columns } of INDEXES) {
      if (instead !== null) await db.schema.dropIndex(nameOf(table, instead)).execute();
      await addIndex(db, { table, columns });
    }
  },
};

async function addIndex(
  db: Transaction<ServerDatabase>,
  { table, columns }: { table: string; columns: readonly string[] },
): Promise<void> {
  await db.schema
    .createIndex(nameOf(table, columns))
    .on(table)
    .columns([...columns])
    .execute();
}

function nameOf(table: string, columns: readonly string[]): string {
  return `${table}_by_${columns.join('_and_')}`;
}
