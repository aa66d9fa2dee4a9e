import { createPlainTable } from '../plain-table.ts';
import type { Migration } from './migration.ts';

/** Versions carry no time, so a clean-up notes once a day which ones there are. */
export const retention: Migration = {
  name: '0007-retention',
  up: async (db) => {
    await createPlainTable(db, {
      name: 'scope_mark',
      columns: { scope_id: 'integer', marked_at: 'integer', version: 'integer' },
      key: ['scope_id', 'marked_at'],
    });
  },
};
