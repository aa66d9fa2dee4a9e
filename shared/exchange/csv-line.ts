export type CsvCell = string | number | boolean | null;
/** A spreadsheet takes the one that its country writes no decimals with. */
export type CsvSeparator = ',' | ';';

/** Without it the most used spreadsheet reads UTF-8 as something else. It stands once, at the start of a file. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet takes for the start of a formula, full-width forms included. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;
const GUARDED = /^'[=+\-@\t\r\n＝＋－＠]/;
/** Both separators, so that a reader that guesses finds the same cells. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/**
 * One line of a table as RFC 4180 has it, line end included. Text that a spreadsheet would run as a formula is kept from it
 * by a leading apostrophe: it may have been written by somebody else. Numbers are no text, and stay as they are.
 */
export function csvLine(cells: readonly CsvCell[], separator: CsvSeparator = ','): string {
  return `${cells.map(toCell).join(separator)}\r\n`;
}

/** Takes off the apostrophe that `csvLine` put on, so that what was exported comes back as it was. */
export function withoutGuard(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}

function toCell(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  if (FORMULA_START.test(value)) return quoted(`'${value}`);
  return NEEDS_QUOTES.test(value) ? quoted(value) : value;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
