import { z } from 'zod';
import { expiresOnField, lotField, serialField } from '../entities/fields.ts';
import {
  CAUSES,
  type Cause,
  MOVEMENT_KINDS,
  type MovementKind,
} from '../entities/stock-movement.ts';

/** As many as a pallet of machines has. */
const SERIALS_MAX = 200;

export const recordMovementInput = z.strictObject({
  kind: z.enum(MOVEMENT_KINDS),
  productId: z.uuid(),
  /** Where it happens; the source of a move. */
  locationId: z.uuid(),
  /** Of a move. */
  toLocationId: z.uuid().nullable().default(null),
  /** In the product's smallest unit; signed for `adjust`, else more than zero. */
  quantity: z.int().min(-1_000_000_000).max(1_000_000_000),
  reason: z.string().trim().max(500).nullable().default(null),
  cause: z.enum(CAUSES).nullable().default(null),
  lot: lotField,
  serial: serialField,
  /** Of goods that are told apart one by one: a movement of one piece each, all of one operation. */
  serials: z
    .array(serialField.unwrap().min(1))
    .max(SERIALS_MAX)
    .refine((serials) => new Set(serials).size === serials.length, 'A piece is there once.')
    .default([]),
  expiresOn: expiresOnField,
  /** Goods that came with this line of a delivery. */
  deliveryLineId: z.uuid().nullable().default(null),
});
export type RecordMovementInput = z.input<typeof recordMovementInput>;
/** With who did it, which the app knows. */
export type MovementRequest = RecordMovementInput & {
  personId?: string | null | undefined;
};

export interface RecordMovementResult {
  operationId: string;
  /** Of the product at all sites on this laptop, what is pending included. */
  onHand: number;
}

export interface StockView {
  /** Pending included. */
  onHand: number;
  /** The sum of what this laptop's own movements change that the server's levels here do not contain yet. */
  pending: number;
  locations: readonly StockLocationView[];
}

export interface StockLocationView {
  locationId: string;
  siteId: string;
  siteCode: string;
  code: string;
  name: string | null;
  zone: string | null;
  blocked: boolean;
  onHand: number;
  pending: number;
  /** What it is made of. One without lot and serial number if the product has none; empty if nothing is here. */
  lots: readonly StockLotView[];
}

export interface StockLotView {
  lot: string;
  serial: string;
  expiresOn: number | null;
  onHand: number;
  pending: number;
}

export const movementListInput = z.strictObject({
  productId: z.uuid().nullable().default(null),
  locationId: z.uuid().nullable().default(null),
  limit: z.int().min(1).max(500).default(50),
});
export type MovementListInput = z.output<typeof movementListInput>;

export interface MovementView {
  id: string;
  kind: MovementKind;
  productId: string;
  productName: string | null;
  fromCode: string | null;
  toCode: string | null;
  quantity: number;
  reason: string | null;
  reverses: string | null;
  movedAt: number;
  lot: string;
  serial: string;
  expiresOn: number | null;
  cause: Cause | null;
  personId: string | null;
  /** Null if nobody was named, or the name is not on this laptop. */
  personName: string | null;
  deliveryLineId: string | null;
  countId: string | null;
  pending: boolean;
  /** Set while this laptop still knows the operation, and so can undo it. */
  operationId: string | null;
}

export const locationsInput = z.strictObject({
  siteId: z.uuid().nullable().default(null),
  /** Start of a code or part of a name. */
  text: z.string().max(200).default(''),
  limit: z.int().min(1).max(500).default(100),
});
export type LocationsInput = z.output<typeof locationsInput>;

export interface LocationView {
  id: string;
  siteId: string;
  siteCode: string;
  code: string;
  name: string | null;
  zone: string | null;
  capacity: number | null;
  blocked: boolean;
  note: string | null;
  pending: boolean;
  conflict: boolean;
}
