import type { Migration } from './migration.ts';

/** The audit is read from its newest line to its oldest, by one thing that is asked of it, and its ids ascend with time. */
const ASKED = ['person_id', 'device_id', 'action', 'subject'] as const;

export const auditSearch: Migration = {
  name: '0008-audit-search',
  up: async (db) => {
    for (const index of ['audit_by_person_id_and_at', 'audit_by_device_id_and_at'])
      await db.schema.dropIndex(index).execute();
    for (const column of ASKED) {
      await db.schema
        .createIndex(`audit_by_${column}_and_id`)
        .on('audit')
        .columns([column, 'id'])
        .execute();
    }
  },
};
