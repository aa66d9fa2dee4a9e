import { z } from 'zod';
import { readOnlyDelta } from '../sync/patterns/read-only-delta.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { codeField, idField, nameField, noteField, quantityField } from './fields.ts';

export const TRACKING_KINDS = ['none', 'lot', 'serial'] as const;
export type TrackingKind = (typeof TRACKING_KINDS)[number];
export const ABC_CLASSES = ['A', 'B', 'C'] as const;
export type AbcClass = (typeof ABC_CLASSES)[number];

export const product = defineEntity({
  name: 'product',
  scope: 'catalogue',
  pattern: readOnlyDelta(),
  schema: z.strictObject({
    id: idField,
    sku: codeField,
    name: nameField,
    description: noteField.nullable(),
    category_id: idField.nullable(),
    brand_id: idField.nullable(),
    /** The smallest unit that is counted, for example `pcs`, `g`, `ml`. */
    unit: z.string().trim().min(1).max(16),
    /** In minor units of `currency`; both are null or neither is. */
    price_minor: z.int().min(0).max(1_000_000_000_000).nullable(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .nullable(),
    min_stock: quantityField.nullable(),
    /** An archived product stays for history but is not offered any more. */
    archived: z.boolean(),
    /** Whether its pieces are told apart, by lot or one by one. */
    tracking: z.enum(TRACKING_KINDS).default('none'),
    tracks_expiry: z.boolean().default(false),
    /** What an order fills the stock up to when it has fallen below `min_stock`. */
    reorder_to: quantityField.nullable().default(null),
    /** How much depends on it, by turnover: A is counted most often. */
    abc: z.enum(ABC_CLASSES).nullable().default(null),
  }),
  references: { category_id: 'category', brand_id: 'brand' },
  indexes: [
    { columns: ['sku'], unique: true },
    { columns: ['category_id'] },
    { columns: ['brand_id'] },
  ],
  sortBy: 'name',
  search: {
    columns: ['name', 'sku'],
    borrowed: [
      { through: 'brand_id', entity: 'brand', column: 'name' },
      { through: 'category_id', entity: 'category', column: 'name' },
    ],
  },
});

export type Product = RowOf<typeof product>;
