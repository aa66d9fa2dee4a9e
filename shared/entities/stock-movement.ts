import { z } from 'zod';
import { appendOnly } from '../sync/patterns/append-only.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { idField, quantityField } from './fields.ts';

export const MOVEMENT_KINDS = ['receive', 'issue', 'move', 'adjust'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/**
 * One movement of goods, never changed afterwards. Levels follow from movements in the server's same transaction; a
 * mistake is a movement that `reverses` another.
 *
 *   receive  into `to_location_id`           issue   out of `from_location_id`
 *   move     from the one into the other     adjust  `to_location_id` by a signed quantity
 */
export const stockMovement = defineEntity({
  name: 'stock_movement',
  scope: 'site',
  pattern: appendOnly({
    reverse: (row, at) => ({
      ...row,
      moved_at: at,
      quantity: -Number(row['quantity']),
      reverses: row['id'] ?? null,
    }),
  }),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    kind: z.enum(MOVEMENT_KINDS),
    product_id: idField,
    from_location_id: idField.nullable(),
    to_location_id: idField.nullable(),
    /** In the product's smallest unit; negative only for `adjust` and for what reverses another. */
    quantity: quantityField.refine((quantity) => quantity !== 0),
    reason: z.string().trim().normalize('NFC').max(500).nullable(),
    reverses: idField.nullable(),
    /** By the laptop's clock, UTC epoch milliseconds. For people; it orders nothing. */
    moved_at: z.int().min(0),
  }),
  references: {
    site_id: 'site',
    product_id: 'product',
    from_location_id: 'location',
    to_location_id: 'location',
  },
  indexes: [
    { columns: ['product_id'] },
    { columns: ['from_location_id'] },
    { columns: ['to_location_id'] },
  ],
});

export type StockMovement = RowOf<typeof stockMovement>;
