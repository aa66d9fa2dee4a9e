import { z } from 'zod';
import { readOnlyDelta } from '../sync/patterns/read-only-delta.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { codeField, idField, nameField, noteField, quantityField } from './fields.ts';

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
