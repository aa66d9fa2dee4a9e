import { z } from 'zod';
import { readOnlyDelta } from '../sync/patterns/read-only-delta.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { idField, quantityField } from './fields.ts';

/** How much of a product lies at a location, in the product's smallest unit. */
export const stockLevel = defineEntity({
  name: 'stock_level',
  scope: 'site',
  pattern: readOnlyDelta(),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    product_id: idField,
    location_id: idField,
    quantity: quantityField,
  }),
  references: { site_id: 'site', product_id: 'product', location_id: 'location' },
  indexes: [{ columns: ['product_id', 'location_id'], unique: true }, { columns: ['location_id'] }],
});

export type StockLevel = RowOf<typeof stockLevel>;
