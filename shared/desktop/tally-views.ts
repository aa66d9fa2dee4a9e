import { z } from 'zod';
import { expiresOnField, lotField, serialField } from '../entities/fields.ts';
import type { ScannerProfile } from '../scan/scanner-profile.ts';

/**
 * A tally is one stretch of scanning and typing on this laptop: goods that are counted, received, moved or issued. Every entry
 * is on the disk before it is looked up; what it comes to is posted as operations, once.
 */
export const TALLY_KINDS = ['count', 'receive', 'move', 'issue'] as const;
export type TallyKind = (typeof TALLY_KINDS)[number];

/** One open tally of a kind and subject: starting it again goes on with it. */
export const tallyStartInput = z.strictObject({
  kind: z.enum(TALLY_KINDS),
  siteId: z.uuid(),
  /** Of a count or a delivery; null for goods that come or go by themselves. */
  subjectId: z.uuid().nullable().default(null),
  /** Where it begins: what is counted or received there, or taken from there. */
  locationId: z.uuid().nullable().default(null),
});
export type TallyStartInput = z.input<typeof tallyStartInput>;
export type TallyStart = z.output<typeof tallyStartInput>;

export const tallyIdInput = z.strictObject({ tallyId: z.uuid() });

/** Longer texts are no code; they are cut, and what was cut off is lost. */
const SCAN_TEXT_MAX = 1_000;

export const tallyScanInput = z.strictObject({
  tallyId: z.uuid(),
  /** Made by the window, so that a scan which is sent twice is stored once. */
  scanId: z.uuid(),
  text: z.string().min(1).max(SCAN_TEXT_MAX),
  /** As the keys came, control characters included. */
  raw: z.string().max(SCAN_TEXT_MAX),
  /** UTC epoch milliseconds. */
  at: z.int().min(0),
});
export type TallyScanInput = z.output<typeof tallyScanInput>;

/** The place that the tally is at; `to` is where moved goods go. */
export const tallyPlaceInput = z.strictObject({
  tallyId: z.uuid(),
  locationId: z.uuid(),
  role: z.enum(['at', 'to']).default('at'),
});
export type TallyPlace = z.output<typeof tallyPlaceInput>;

/** Which goods at which place. */
const goodsShape = {
  productId: z.uuid(),
  locationId: z.uuid().nullable(),
  lot: lotField,
  serial: serialField,
};

export const tallyTypeInput = z.strictObject({
  tallyId: z.uuid(),
  ...goodsShape,
  expiresOn: expiresOnField,
  /** What the line comes to; null takes the typed number back and leaves the scans. */
  quantity: z.int().min(0).max(1_000_000_000).nullable(),
});
export type TallyTypeInput = z.input<typeof tallyTypeInput>;
export type TallyType = z.output<typeof tallyTypeInput>;

/** Open ones, of one kind or one site if these are said. */
export const tallyListInput = z.strictObject({
  kind: z.enum(TALLY_KINDS).nullable().default(null),
  siteId: z.uuid().nullable().default(null),
});
export type TallyList = z.output<typeof tallyListInput>;

/**
 * Puts right what a scan was taken for: an unknown code, a missing lot, goods that should not be here but are. An entry of a
 * tally that was posted already goes on into the open one of the same kind and subject.
 */
export const tallyAssignInput = z.strictObject({
  entryId: z.uuid(),
  productId: z.uuid(),
  lot: lotField,
  serial: serialField,
  expiresOn: expiresOnField,
  quantity: z.int().min(1).max(1_000_000),
});
export type TallyAssignInput = z.input<typeof tallyAssignInput>;
export type TallyAssign = z.output<typeof tallyAssignInput>;

export const tallyVoidInput = z.strictObject({
  entryId: z.uuid(),
  reason: z.string().trim().min(1).max(500),
});

export type TallyVoid = z.output<typeof tallyVoidInput>;

export const tallyPostInput = z.strictObject({
  tallyId: z.uuid(),
  /** Of a count: nobody will find more at these places, so what was not seen is not there. */
  donePlaces: z.array(z.uuid()).max(500).default([]),
  reason: z.string().trim().max(500).nullable().default(null),
});
export type TallyPostInput = z.input<typeof tallyPostInput>;
export type TallyPost = z.output<typeof tallyPostInput>;

/** Gives a tally up. One with entries needs a reason; they stay as history. */
export const tallyDiscardInput = z.strictObject({
  tallyId: z.uuid(),
  reason: z.string().trim().max(500).nullable().default(null),
});
export type TallyDiscard = z.output<typeof tallyDiscardInput>;

/** Lines of one tally; whoever has more posts what there is and goes on. */
export const TALLY_LINES_MAX = 5_000;
/** Entries that a view shows, the newest first. */
export const TALLY_ENTRIES_SHOWN = 200;

/**
 * What a scan came to; tone and colour follow it.
 *
 *   ok          a line grew            place      the tally is at another place now
 *   unknown     nobody knows the code  wrongPlace known, but not here: another zone, blocked, none here to take
 *   suspect     counted, but the same code came within the quiet period, or this was counted before
 *   problem     not counted: a serial number again, a wrong check digit, a lot is needed
 *
 * Unknown and wrongPlace are not counted either. `assign` counts whatever was not.
 */
export type ScanOutcomeKind = 'ok' | 'place' | 'unknown' | 'wrongPlace' | 'suspect' | 'problem';

export type TallyProblem =
  | 'wrongCheckDigit'
  | 'serialTwice'
  | 'serialNeeded'
  | 'lotNeeded'
  | 'expired'
  | 'notExpected'
  | 'moreThanExpected'
  | 'notHere'
  | 'placeBlocked'
  | 'placeNotPlanned'
  | 'placeNeeded'
  | 'repeated'
  | 'countedBefore';

export interface ScanOutcome {
  entryId: string;
  kind: ScanOutcomeKind;
  /** Why it is not simply ok. */
  problem: TallyProblem | null;
  code: string;
  /** Of goods that are known, counted or not. */
  productName: string | null;
  /** The line that it belongs to, as it is now. */
  line: TallyLine | null;
  /** Of `place`. */
  locationCode: string | null;
  /** Scans of the tally that were not taken back, this one included. */
  scans: number;
}

/** Of how many pieces a pack is, and what it is called. */
export interface PackSize {
  quantity: number;
  unit: string | null;
}

export interface TallyLine {
  /** Of the line within its tally. */
  key: string;
  productId: string;
  productName: string;
  sku: string;
  unit: string;
  /** The product's packs, the largest first, for quantities in words. */
  packs: readonly PackSize[];
  locationId: string | null;
  locationCode: string | null;
  lot: string;
  serial: string;
  expiresOn: number | null;
  /** In the product's smallest unit: what was typed and scanned since, or else what all scans add up to. */
  quantity: number;
  scanned: number;
  /** The typed number with what was scanned since: no scan is swallowed by a number that was typed before it. */
  typed: number | null;
  problem: TallyProblem | null;
  /** Of a delivery: what its line expects in all, and what had come before. Null otherwise. */
  expected: number | null;
  before: number | null;
  /** UTC epoch milliseconds of the newest entry. */
  at: number;
}

/** One scan, as it was stored. */
export interface TallyEntry {
  entryId: string;
  code: string;
  kind: ScanOutcomeKind;
  problem: TallyProblem | null;
  productId: string | null;
  productName: string | null;
  quantity: number;
  locationCode: string | null;
  at: number;
  /** Why it was taken back; null while it counts. */
  voidReason: string | null;
}

export interface TallySummary {
  tallyId: string;
  state: 'open' | 'posted' | 'discarded';
  kind: TallyKind;
  siteId: string;
  subjectId: string | null;
  /** The count's or delivery's code. */
  subjectCode: string | null;
  locationId: string | null;
  locationCode: string | null;
  toLocationId: string | null;
  toLocationCode: string | null;
  personId: string | null;
  personName: string | null;
  scans: number;
  lines: number;
  /** Sum of all quantities. */
  pieces: number;
  unknown: number;
  suspects: number;
  startedAt: number;
  updatedAt: number;
}

export interface TallyView extends TallySummary {
  items: readonly TallyLine[];
  /** The newest first, bounded. */
  entries: readonly TallyEntry[];
}

export interface TallyPosted {
  operationIds: readonly string[];
  pieces: number;
}

/** Who works, and how the scanner is set. */
export interface TallyWorker {
  personId: string | null;
  scanner: ScannerProfile;
}

/** A code that nobody knew, of any tally, posted ones too: kept until it is assigned or taken back. */
export interface TallyUnknown {
  entryId: string;
  tallyId: string;
  kind: TallyKind;
  code: string;
  locationCode: string | null;
  at: number;
}
