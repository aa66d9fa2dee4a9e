import { z } from 'zod';
import { detectConflicts } from '../sync/patterns/detect-conflicts.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { idField, quantityField } from './fields.ts';

/** One product of a delivery. */
export const deliveryLine = defineEntity({
  name: 'delivery_line',
  scope: 'site',
  // Two people who count the same arrival each counted at least that much.
  pattern: detectConflicts({ fields: { received: 'max' } }),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    delivery_id: idField,
    product_id: idField,
    /** In the product's smallest unit. */
    expected: quantityField,
    received: quantityField,
  }),
  references: { site_id: 'site', delivery_id: 'delivery', product_id: 'product' },
  deleteRules: { delivery_id: 'cascade' },
  indexes: [{ columns: ['delivery_id'] }, { columns: ['product_id'] }],
});

export type DeliveryLine = RowOf<typeof deliveryLine>;
