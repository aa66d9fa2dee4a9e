import { z } from 'zod';
import { lastWriteWins } from '../sync/patterns/last-write-wins.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { idField, lotField, noteField, quantityField, serialField } from './fields.ts';
import { CAUSES } from './stock-movement.ts';

/**
 * What is decided about some goods at a place, and what was posted. Its id follows from count and goods (`countLineId`), so
 * that whoever writes it, laptop or server, writes the same row.
 */
export const countLine = defineEntity({
  name: 'count_line',
  scope: 'site',
  pattern: lastWriteWins({
    fields: { round: 'max', counted: 'derived', book: 'derived', seen_at: 'derived' },
  }),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    count_id: idField,
    product_id: idField,
    location_id: idField,
    lot: lotField,
    serial: serialField,
    /** Observations of earlier rounds do not count any more. */
    round: z.int().min(1).max(100).default(1),
    cause: z.enum(CAUSES).nullable().default(null),
    note: noteField.nullable().default(null),
    decided_by: idField.nullable().default(null),
    /** The server's, when it posts: what was seen, what the book held at that instant, and the instant. */
    counted: quantityField.nullable().default(null),
    book: quantityField.nullable().default(null),
    seen_at: z.int().min(0).nullable().default(null),
  }),
  references: {
    site_id: 'site',
    count_id: 'stock_count',
    product_id: 'product',
    location_id: 'location',
  },
  deleteRules: { count_id: 'cascade' },
  indexes: [
    { columns: ['count_id', 'location_id', 'product_id', 'lot', 'serial'] },
    { columns: ['product_id', 'location_id'] },
    { columns: ['location_id'] },
  ],
});

export type CountLine = RowOf<typeof countLine>;
