import type { Migration } from './migration.ts';

/** Bytes are only taken of photos that a row names, so each upload looks its hash up. */
export const photoHashes: Migration = {
  name: '0004-photo-hashes',
  up: async (db) => {
    for (const table of ['product_photo', 'site_photo'] as const) {
      await db.schema.createIndex(`${table}_by_hash`).on(table).columns(['hash']).execute();
    }
  },
};
