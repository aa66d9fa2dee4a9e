import { z } from 'zod';
import { lotField } from '../entities/fields.ts';
import type { Delivery } from '../entities/delivery.ts';
import type { TrackingKind } from '../entities/product.ts';

export const deliveriesInput = z.strictObject({
  siteId: z.uuid().nullable().default(null),
  show: z.enum(['open', 'closed', 'all']).default('open'),
  /** Part of a code or of a supplier's name. */
  text: z.string().max(200).default(''),
  limit: z.int().min(1).max(500).default(100),
});
export type DeliveriesInput = z.output<typeof deliveriesInput>;

export const deliveryIdInput = z.strictObject({ id: z.uuid() });

export interface DeliverySummary {
  id: string;
  siteId: string;
  siteCode: string;
  code: string;
  supplier: string | null;
  state: Delivery['state'];
  /** UTC epoch milliseconds. */
  expectedAt: number | null;
  note: string | null;
  lines: number;
  /** Lines of which less has come than expected. */
  openLines: number;
  /** Lines of which more has come. */
  overLines: number;
  /** Sums over all lines. */
  expected: number;
  received: number;
  /** Changed on this laptop, or received on it, and not sent yet. */
  pending: boolean;
  conflict: boolean;
}

export interface DeliveryLineView {
  id: string;
  productId: string;
  /** Null if the product is not on this laptop. */
  productName: string | null;
  sku: string | null;
  unit: string;
  tracking: TrackingKind;
  tracksExpiry: boolean;
  /** In the product's smallest unit. */
  expected: number;
  /** By everybody, as far as this laptop knows, and by this laptop. */
  received: number;
  /** The part of it that this laptop has not sent yet. */
  unsent: number;
  pending: boolean;
  conflict: boolean;
}

export interface DeliveryView extends DeliverySummary {
  items: readonly DeliveryLineView[];
}

export const putAwayInput = z.strictObject({
  productId: z.uuid(),
  /** Where the goods are now. */
  fromLocationId: z.uuid(),
  lot: lotField,
  /** How much shall be put away; a place with less room is not proposed. */
  quantity: z.int().min(1).max(1_000_000_000).default(1),
});
export type PutAwayInput = z.output<typeof putAwayInput>;

/** Why a place is proposed, the best reason first. */
export const PUT_AWAY_REASONS = ['sameLot', 'sameProduct', 'sameCategory', 'empty'] as const;
export type PutAwayReason = (typeof PUT_AWAY_REASONS)[number];

export interface PutAwayPlace {
  locationId: string;
  code: string;
  name: string | null;
  zone: string | null;
  reason: PutAwayReason;
  /** Of the product, there. */
  onHand: number;
  /** What still fits, if the place says how much it holds. */
  room: number | null;
}
