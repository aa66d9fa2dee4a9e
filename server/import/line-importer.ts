import type { ChangeTransaction } from '../sync/change-transaction.ts';
import type { LineFields } from './line-fields.ts';
import type { Reject } from './reject.ts';

export type LineOutcome = 'created' | 'changed' | 'unchanged' | Reject;

/** What an import does with the lines of one kind of file. Lives for one import and remembers what it has seen. */
export interface LineImporter<TLine extends object> {
  /** Judges a line by itself and against the lines before it. */
  read: (values: LineFields, line: number) => TLine | Reject;
  /** Reads what is needed from the store before the first batch. */
  load: (tx: ChangeTransaction) => Promise<void>;
  /** Writes a batch in one transaction. One outcome per line, in order. */
  apply: (tx: ChangeTransaction, lines: readonly TLine[]) => Promise<readonly LineOutcome[]>;
}

export function isReject(value: object | string): value is Reject {
  return typeof value === 'object' && 'reason' in value;
}
