import { z } from 'zod';
import { appendOnly } from '../sync/patterns/append-only.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import {
  expiresOnField,
  idField,
  lotField,
  noteField,
  quantityField,
  serialField,
} from './fields.ts';

/**
 * What one person saw of some goods at a place, and when. Never changed: two people who count a shelf together both add
 * theirs, and the sum is what is there. One that was wrong is taken back by another.
 */
export const countObservation = defineEntity({
  name: 'count_observation',
  scope: 'site',
  pattern: appendOnly({
    // The instant stays: the same sight is meant, and it never was.
    reverse: (row) => ({ ...row, quantity: -Number(row['quantity']), reverses: row['id'] ?? null }),
  }),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    count_id: idField,
    product_id: idField,
    location_id: idField,
    lot: lotField,
    serial: serialField,
    expires_on: expiresOnField,
    /** Counts anew begin with 2; only the newest round of a line is looked at. */
    round: z.int().min(1).max(100).default(1),
    /** In the product's smallest unit. 0: looked, and nothing there. Negative only for what reverses another. */
    quantity: quantityField,
    /** UTC epoch milliseconds by the shared clock: what was moved until then had been moved when this was seen. */
    seen_at: z.int().min(0),
    person_id: idField.nullable().default(null),
    note: noteField.nullable().default(null),
    reverses: idField.nullable().default(null),
  }),
  references: {
    site_id: 'site',
    count_id: 'stock_count',
    product_id: 'product',
    location_id: 'location',
  },
  indexes: [
    { columns: ['count_id', 'location_id', 'product_id', 'lot', 'serial'] },
    { columns: ['product_id'] },
    { columns: ['location_id'] },
  ],
});

export type CountObservation = RowOf<typeof countObservation>;
