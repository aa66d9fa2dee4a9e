import { flavourOf } from '../engine/flavour-of.ts';
import type { Migration } from './migration.ts';

/** Counts what is done to accounts, sessions and laptops, so that a process sees at one look that another did something. */
export const rightsChanges: Migration = {
  name: '0009-rights-changes',
  up: async (db) => {
    await db.schema
      .alterTable('server_meta')
      .addColumn('rights_changes', flavourOf(db).integer, (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
