import type {
  ScanOutcomeKind,
  TallyKind,
  TallyProblem,
} from '../../../shared/desktop/tally-views.ts';

/** A tally as `work.db` keeps it. */
export interface TallyRow {
  tallyId: string;
  kind: TallyKind;
  siteId: string;
  subjectId: string | null;
  locationId: string | null;
  toLocationId: string | null;
  personId: string | null;
  state: 'open' | 'posted' | 'discarded';
  scans: number;
  lines: number;
  startedAt: number;
  updatedAt: number;
}

/** What tells goods of a tally apart. */
export interface LineGoods {
  productId: string;
  /** Empty while there is no place. */
  locationId: string;
  lot: string;
  serial: string;
}

export interface LineRow extends LineGoods {
  lineId: number;
  expiresOn: number | null;
  scanned: number;
  /** What was typed and what was scanned since. */
  typed: number | null;
  quantity: number;
  problem: TallyProblem | null;
  at: number;
}

/** What a scan was found to be. */
export interface EntryFinding {
  kind: ScanOutcomeKind;
  problem: TallyProblem | null;
  code: string;
  productId: string | null;
  /** Where its goods are, or the place that it is about. */
  locationId: string | null;
  lot: string;
  serial: string;
  expiresOn: number | null;
  quantity: number;
}

export interface EntryRow extends Omit<EntryFinding, 'kind'> {
  position: number;
  entryId: string;
  tallyId: string;
  at: number;
  text: string;
  /** Null until it was looked up. */
  kind: ScanOutcomeKind | null;
  /** The line that it counts in. */
  lineId: number | null;
  voidReason: string | null;
}
