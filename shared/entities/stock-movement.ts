import { z } from 'zod';
import { appendOnly } from '../sync/patterns/append-only.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { expiresOnField, idField, lotField, quantityField, serialField } from './fields.ts';

export const MOVEMENT_KINDS = ['receive', 'issue', 'move', 'adjust'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** Why stock was not what the book said, or goods went without an order. Free words go into `reason`. */
export const CAUSES = [
  'miscount',
  'misplaced',
  'unrecorded',
  'wrongUnit',
  'damaged',
  'expired',
  'lost',
  'found',
  'theft',
  'returned',
  'sample',
  'other',
] as const;
export type Cause = (typeof CAUSES)[number];

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
    lot: lotField,
    serial: serialField,
    expires_on: expiresOnField,
    cause: z.enum(CAUSES).nullable().default(null),
    person_id: idField.nullable().default(null),
    /** The line of a delivery that these goods came with. */
    delivery_line_id: idField.nullable().default(null),
    /** The count that found the difference. */
    count_id: idField.nullable().default(null),
  }),
  // Person, delivery line and count are no references: what happened to goods is recorded even if those are gone.
  references: {
    site_id: 'site',
    product_id: 'product',
    from_location_id: 'location',
    to_location_id: 'location',
  },
  indexes: [
    { columns: ['product_id'] },
    { columns: ['product_id', 'moved_at'] },
    { columns: ['from_location_id'] },
    { columns: ['to_location_id'] },
    { columns: ['person_id'] },
    { columns: ['delivery_line_id'] },
    { columns: ['count_id'] },
  ],
});

export type StockMovement = RowOf<typeof stockMovement>;
