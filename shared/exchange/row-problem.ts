import type { CellProblem } from './read-cell.ts';

/** The closed list of what can be wrong with a row. Each has words that say what to do, in every language. */
export type ProblemCode =
  | CellProblem
  | 'unclosedQuote'
  | 'badQuote'
  | 'cellCount'
  | 'empty'
  | 'noKey'
  | 'duplicate'
  | 'unknownSite'
  | 'unknownLocation'
  | 'ambiguousLocation'
  | 'unknownProduct'
  | 'lotMissing'
  | 'serialMissing'
  | 'serialOne'
  | 'expiryMissing';

export interface RowProblem {
  /** As a spreadsheet numbers it. */
  row: number;
  /** Null if the row as a whole is meant. */
  field: string | null;
  /** What stands there, safe and short enough to be shown. */
  value: string;
  code: ProblemCode;
  /** What the words name. */
  facts: Readonly<Record<string, string | number>>;
}

const SHOWN_CHARACTERS_MAX = 60;
const UNPRINTABLE = /\p{C}/gu;

export function shownValue(value: string): string {
  const shown = value.slice(0, SHOWN_CHARACTERS_MAX).replaceAll(UNPRINTABLE, '·');
  return value.length > SHOWN_CHARACTERS_MAX ? `${shown}…` : shown;
}
