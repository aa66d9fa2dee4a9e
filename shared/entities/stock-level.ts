import { z } from 'zod';
import { readOnlyDelta } from '../sync/patterns/read-only-delta.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { expiresOnField, idField, lotField, quantityField, serialField } from './fields.ts';

/** What tells goods apart: each key has one level at most. */
export const LEVEL_KEY = ['product_id', 'location_id', 'lot', 'serial'] as const;

/** How much of a product lies at a location, by lot and serial number, in the product's smallest unit. */
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
    lot: lotField,
    serial: serialField,
    /** The earliest that any movement of these goods named. */
    expires_on: expiresOnField,
  }),
  references: { site_id: 'site', product_id: 'product', location_id: 'location' },
  indexes: [
    { columns: [...LEVEL_KEY], unique: true },
    { columns: ['location_id'] },
    { columns: ['expires_on'] },
  ],
});

export type StockLevel = RowOf<typeof stockLevel>;
