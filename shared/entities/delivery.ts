import { z } from 'zod';
import { oneToMany } from '../sync/patterns/one-to-many.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { codeField, idField, nameField, noteField } from './fields.ts';

/** Goods that are expected at a site. Edited together with its lines. */
export const delivery = defineEntity({
  name: 'delivery',
  scope: 'site',
  pattern: oneToMany({ children: ['delivery_line'], conflicts: 'detect' }),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    code: codeField,
    supplier: nameField.nullable(),
    state: z.enum(['expected', 'arrived', 'closed']),
    /** UTC epoch milliseconds. */
    expected_at: z.int().min(0).nullable(),
    note: noteField.nullable(),
  }),
  references: { site_id: 'site' },
  indexes: [{ columns: ['site_id', 'code'], unique: true }],
});

export type Delivery = RowOf<typeof delivery>;
