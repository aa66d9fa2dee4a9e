import { z } from 'zod';
import { detectConflicts } from '../sync/patterns/detect-conflicts.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { idField, quantityField } from './fields.ts';

/** One product of a delivery. */
export const deliveryLine = defineEntity({
  name: 'delivery_line',
  scope: 'site',
  // `received` follows from movements in the server's same transaction, as levels do.
  pattern: detectConflicts({ fields: { received: 'derived' } }),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    delivery_id: idField,
    product_id: idField,
    /** In the product's smallest unit. */
    expected: quantityField,
    received: quantityField.default(0),
  }),
  references: { site_id: 'site', delivery_id: 'delivery', product_id: 'product' },
  deleteRules: { delivery_id: 'cascade' },
  indexes: [{ columns: ['delivery_id'] }, { columns: ['product_id'] }],
});

export type DeliveryLine = RowOf<typeof deliveryLine>;
