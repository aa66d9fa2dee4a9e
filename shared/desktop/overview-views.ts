import { z } from 'zod';
import { CAUSES, MOVEMENT_KINDS, type MovementKind } from '../entities/stock-movement.ts';
import type { MovementView, StockLotView } from './stock-views.ts';

const timeField = z.int().min(0);

/** What was moved at a site, the newest first. Everything that is null narrows nothing. */
export const movementHistoryInput = z.strictObject({
  siteId: z.uuid(),
  productId: z.uuid().nullable().default(null),
  locationId: z.uuid().nullable().default(null),
  personId: z.uuid().nullable().default(null),
  kind: z.enum(MOVEMENT_KINDS).nullable().default(null),
  cause: z.enum(CAUSES).nullable().default(null),
  /** UTC epoch milliseconds: from then on, and until before then. */
  from: timeField.nullable().default(null),
  to: timeField.nullable().default(null),
  /** Give back what the page before gave; null starts. */
  cursor: z.int().min(0).nullable().default(null),
  limit: z.int().min(1).max(200).default(100),
});
export type MovementHistoryInput = z.output<typeof movementHistoryInput>;

export interface MovementHistory {
  items: readonly MovementView[];
  nextCursor: number | null;
}

export const siteInput = z.strictObject({ siteId: z.uuid() });

export interface ZoneView {
  /** Null: places that belong to no zone. */
  zone: string | null;
  places: number;
  /** With goods. */
  occupied: number;
  pieces: number;
}

/** Places of a zone with what lies there, by code. */
export const placesInput = z.strictObject({
  siteId: z.uuid(),
  zone: z.string().max(64).nullable(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(200),
});
export type PlacesInput = z.output<typeof placesInput>;

export interface PlaceView {
  locationId: string;
  code: string;
  name: string | null;
  zone: string | null;
  blocked: boolean;
  capacity: number | null;
  /** How many different ones lie there. */
  products: number;
  /** Of all of them, each in its smallest unit. Pending included. */
  pieces: number;
  /** The earliest of the goods there. */
  expiresOn: number | null;
}

export interface PlacesPage {
  items: readonly PlaceView[];
  total: number;
}

export const placeGoodsInput = z.strictObject({ locationId: z.uuid() });

export interface PlaceGoods {
  productId: string;
  productName: string;
  sku: string;
  unit: string;
  onHand: number;
  pending: number;
  lots: readonly StockLotView[];
}

/** Goods whose last day is on or before a day, the earliest first. */
export const expiringInput = z.strictObject({
  siteId: z.uuid().nullable().default(null),
  until: timeField,
  limit: z.int().min(1).max(500).default(200),
});
export type ExpiringInput = z.output<typeof expiringInput>;

export interface ExpiringGoods {
  productId: string;
  productName: string;
  sku: string;
  unit: string;
  siteId: string;
  locationId: string;
  locationCode: string;
  lot: string;
  serial: string;
  expiresOn: number;
  onHand: number;
}

const DAYS_MAX = 92;

export const dashboardInput = z.strictObject({
  siteId: z.uuid(),
  /**
   * Where days begin by the clock on the wall, ascending, in UTC epoch milliseconds; the last is where the last day ends. A
   * day is not always 24 hours long, and which day it is depends on the person.
   */
  dayStarts: z
    .array(timeField)
    .min(2)
    .max(DAYS_MAX + 1),
});
export type DashboardInput = z.output<typeof dashboardInput>;

export interface DayOfMovements {
  startsAt: number;
  /** How many movements of each kind; those that were taken back do not count, nor what took them back. */
  movements: Readonly<Record<MovementKind, number>>;
  /** In smallest units, whatever the products. */
  pieces: Readonly<Record<MovementKind, number>>;
}

export interface CountAccuracy {
  countId: string;
  code: string;
  approvedAt: number;
  lines: number;
  /** Whose count was what the book said. */
  exact: number;
  /** Sum of the differences, whichever way, in smallest units. */
  off: number;
}

export interface Dashboard {
  days: readonly DayOfMovements[];
  /** The newest first. */
  counts: readonly CountAccuracy[];
  /** False if there were more movements than are looked at: the first days may lack some. */
  isWhole: boolean;
}
