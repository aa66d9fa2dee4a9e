import type { WorkMigration } from './work-migration.ts';

/** Pending stock by lot and serial number too, and the line of a delivery that it came with. */
export const lots: WorkMigration = {
  number: 5,
  up: (db) =>
    db.exec(`
      ALTER TABLE operation_stock ADD COLUMN lot TEXT NOT NULL DEFAULT '';
      ALTER TABLE operation_stock ADD COLUMN serial TEXT NOT NULL DEFAULT '';
      ALTER TABLE operation_stock ADD COLUMN expires_on INTEGER;
      ALTER TABLE operation_stock ADD COLUMN delivery_line_id TEXT;
      CREATE INDEX operation_stock_by_delivery_line ON operation_stock (delivery_line_id)
        WHERE delivery_line_id IS NOT NULL;
    `),
};
