import type { ColumnPlaces } from './line-fields.ts';
import type { Reject } from './reject.ts';

/** A line as it stands in the file, for the rejects file; bytes if it is no valid text. */
export type RawLine = string | Buffer;

/** What a line, or a few lines that are one record, says: values, or why it says nothing. */
export type SourceRecord =
  | {
      line: number;
      raw: RawLine;
      reject: null;
      values: readonly (string | undefined)[];
      places: ColumnPlaces;
    }
  | { line: number; raw: RawLine; reject: Reject };

export interface NumberedText {
  number: number;
  text: string;
}

/** Makes records of lines that come one by one. */
export interface LineFormat {
  /** None if more lines are needed, several if lines that were waited with turn out to be records of their own. */
  feed: (line: NumberedText) => readonly SourceRecord[];
  /** What is still open ends here. */
  end: () => readonly SourceRecord[];
}
