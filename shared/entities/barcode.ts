import { z } from 'zod';
import { readOnlyDelta } from '../sync/patterns/read-only-delta.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { codeField, idField } from './fields.ts';

/** A product has many; each stands for a number of the product's smallest units. */
export const barcode = defineEntity({
  name: 'barcode',
  scope: 'catalogue',
  pattern: readOnlyDelta(),
  schema: z.strictObject({
    id: idField,
    product_id: idField,
    code: codeField,
    pack_quantity: z.int().min(1).max(1_000_000),
    /** What a pack of that many is called, for example `box`. */
    pack_unit: z.string().trim().min(1).max(16).nullable().default(null),
  }),
  references: { product_id: 'product' },
  indexes: [{ columns: ['code'], unique: true }, { columns: ['product_id'] }],
});

export type Barcode = RowOf<typeof barcode>;
