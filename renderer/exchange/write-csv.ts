import {
  BYTE_ORDER_MARK,
  type CsvCell,
  csvLine,
  type CsvSeparator,
} from '../../shared/exchange/csv-line.ts';

import { nextTask } from './pace.ts';

/** What no spreadsheet opens anyway: the most used one ends at 1,048,576 rows. */
export const EXPORT_ROWS_MAX = 1_000_000;
/** Rows between two moments in which the window draws and takes keys: about a millisecond. */
const ROWS_PER_SLICE = 500;
/** Text that is put away as a part, which the browser may keep outside the page's memory. */
const PART_CHARACTERS = 1024 * 1024;

/** A column's name in the file, and what stands in it. Names are those that an import knows, where there is one. */
export type CsvColumn<T> = readonly [name: string, cell: (row: T) => CsvCell];

export interface CsvTable<T> {
  columns: readonly CsvColumn<T>[];
  /** All rows, read page by page; ends early or throws once the signal is aborted. */
  pages: (signal: AbortSignal) => AsyncIterable<readonly T[]>;
}

export interface WriteCsvOptions {
  separator: CsvSeparator;
  signal: AbortSignal;
  /** Rows written so far, in a million or in ten. */
  onProgress: (rows: number) => void;
  rowsMax?: number | undefined;
}

export interface CsvFile {
  content: Blob;
  rows: number;
  /** There were more rows than a file may hold. */
  isCut: boolean;
}

/** Writes a table of any length in slices, so that the window never stands still. Rejects once the signal is aborted. */
export async function writeCsv<T>(
  { columns, pages }: CsvTable<T>,
  { separator, signal, onProgress, rowsMax = EXPORT_ROWS_MAX }: WriteCsvOptions,
): Promise<CsvFile> {
  const parts: Blob[] = [];
  let rows = 0;
  let text =
    BYTE_ORDER_MARK +
    csvLine(
      columns.map(([name]) => name),
      separator,
    );
  const file = (isCut: boolean): CsvFile => ({
    content: new Blob([...parts, text], { type: 'text/csv;charset=utf-8' }),
    rows,
    isCut,
  });
  for await (const page of pages(signal)) {
    for (const row of page) {
      if (rows === rowsMax) return file(true);
      text += csvLine(
        columns.map(([, cell]) => cell(row)),
        separator,
      );
      rows += 1;
      if (rows % ROWS_PER_SLICE === 0) {
        onProgress(rows);
        await nextTask();
        signal.throwIfAborted();
      }
    }
    signal.throwIfAborted();
    if (text.length < PART_CHARACTERS) continue;
    parts.push(new Blob([text]));
    text = '';
  }
  return file(false);
}
