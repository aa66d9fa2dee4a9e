import { z } from 'zod';
import type { CountLine } from '../entities/count-line.ts';
import type { AbcClass } from '../entities/product.ts';
import type { CountStage } from '../entities/stock-count.ts';
import type { CountProblem } from '../domain/check-count.ts';

/** Rows of a page at most; a list of 20,000 is read as it is scrolled. */
const PAGE_MAX = 500;
const pageShape = {
  offset: z.int().min(0).max(1_000_000).default(0),
  limit: z.int().min(1).max(PAGE_MAX).default(100),
};

export const COUNT_SHOWS = ['open', 'review', 'done', 'all'] as const;

export const countsInput = z.strictObject({
  siteId: z.uuid().nullable().default(null),
  show: z.enum(COUNT_SHOWS).default('open'),
  /** Part of a code or of a zone. */
  text: z.string().max(200).default(''),
  limit: z.int().min(1).max(PAGE_MAX).default(100),
});
export type CountsInput = z.output<typeof countsInput>;

export const countIdInput = z.strictObject({ id: z.uuid() });

export const countCheckInput = z.strictObject({
  id: z.uuid(),
  /** UTC epoch milliseconds. */
  now: z.int().min(0),
});
export type CountCheckInput = z.output<typeof countCheckInput>;

export interface PersonName {
  id: string;
  name: string | null;
}

export interface CountSummary {
  id: string;
  siteId: string;
  siteCode: string;
  code: string;
  stage: CountStage;
  blind: boolean;
  zone: string | null;
  categoryId: string | null;
  categoryName: string | null;
  abc: AbcClass | null;
  notSince: number | null;
  /** UTC epoch milliseconds. */
  dueAt: number | null;
  repeatDays: number | null;
  /** Who shall count it; empty: anybody. */
  counters: readonly PersonName[];
  /** Who has counted. */
  countedBy: readonly PersonName[];
  createdBy: PersonName | null;
  approvedBy: PersonName | null;
  approvedAt: number | null;
  note: string | null;
  /** Places that were counted to the end. */
  placesDone: number;
  /** Goods that somebody saw. */
  lines: number;
  /** Changed or counted on this laptop, and not sent yet. */
  pending: boolean;
  conflict: boolean;
}

export const countPlacesInput = z.strictObject({
  countId: z.uuid(),
  show: z.enum(['all', 'open', 'done']).default('all'),
  text: z.string().max(200).default(''),
  ...pageShape,
});
export type CountPlacesInput = z.output<typeof countPlacesInput>;

export interface CountPlaceView {
  locationId: string;
  code: string;
  name: string | null;
  zone: string | null;
  /** It is not among those that the count was planned for. */
  isExtra: boolean;
  person: PersonName | null;
  doneAt: number | null;
  /** Goods that somebody saw there. */
  lines: number;
}

export interface CountPlacesPage {
  items: readonly CountPlaceView[];
  /** Of what was asked for. */
  total: number;
  places: number;
  done: number;
}

export const LINE_FILTERS = ['all', 'differences', 'recount', 'moved', 'twoCounters'] as const;
export type LineFilter = (typeof LINE_FILTERS)[number];

export const countLinesInput = z.strictObject({
  countId: z.uuid(),
  filter: z.enum(LINE_FILTERS).default('all'),
  locationId: z.uuid().nullable().default(null),
  /** Part of a product's name or SKU, or of a place's code. */
  text: z.string().max(200).default(''),
  /** By place, or those that are worth most first. */
  sort: z.enum(['place', 'value']).default('place'),
  ...pageShape,
});
export type CountLinesInput = z.output<typeof countLinesInput>;

/**
 * Worth a second look:
 *
 *   moved        goods of it were moved after somebody had begun to see it
 *   twoCounters  several people saw some of it; their sums count together
 *   unseen       nobody saw it at a place that was counted to the end
 *   recount      somebody asked for another look, and nobody has looked yet
 */
export type LineFlag = 'moved' | 'twoCounters' | 'unseen' | 'recount';

export interface CountSight {
  id: string;
  round: number;
  quantity: number;
  seenAt: number;
  person: PersonName | null;
  note: string | null;
  /** Taken back, or takes another one back. */
  isVoid: boolean;
}

export interface CountLineView {
  lineId: string;
  productId: string;
  productName: string | null;
  sku: string | null;
  unit: string;
  locationId: string;
  locationCode: string;
  lot: string;
  serial: string;
  expiresOn: number | null;
  round: number;
  /** In the product's smallest unit; null while a recount is open. */
  counted: number | null;
  seenAt: number | null;
  /** At that instant, without what this count posted. Null while whoever counts must not know. */
  book: number | null;
  /** Counted less book. */
  variance: number | null;
  /** Of the variance, in minor units of `currency`. */
  value: number | null;
  currency: string | null;
  cause: CountLine['cause'];
  note: string | null;
  decidedBy: PersonName | null;
  flags: readonly LineFlag[];
  /** Who saw what when, of every round: the newest first, bounded. */
  sights: readonly CountSight[];
  /** Its row is there already: it is changed, not made. */
  isWritten: boolean;
  pending: boolean;
}

export interface CountTotals {
  lines: number;
  differences: number;
  recounts: number;
  moved: number;
  twoCounters: number;
  /** Pieces that were too many and too few. */
  over: number;
  under: number;
  /** Currency → sum of the variances in minor units. */
  value: Readonly<Record<string, number>>;
}

export interface CountLinesPage {
  items: readonly CountLineView[];
  /** That fit the filter. */
  total: number;
  /** Of the whole count. Null while whoever counts must not know. */
  totals: CountTotals | null;
}

export interface CountCheck {
  lines: number;
  errors: number;
  warnings: number;
  /** Bounded; errors first. */
  problems: readonly (CountProblem & { words: { product: string | null; place: string | null } })[];
}
