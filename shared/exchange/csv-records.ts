import { csvFields, type CsvFields } from './csv-fields.ts';

export type CsvRecord =
  /** `row` is what a spreadsheet numbers it by: the first is 1, and an empty line has a number too. */
  | { row: number; cells: readonly string[] }
  | { row: number; cells: null; problem: 'unclosedQuote' | 'badQuote'; text: string };

/** A quoted cell may go over this many lines. A quote that is never closed costs only its own line. */
const RECORD_LINES_MAX = 50;
const LINE_END = /\r\n|\n|\r/g;

/** The records of a CSV text, one at a time, empty lines left out. What is wrong with one spoils no other. */
export function* csvRecords(text: string, separator: string): Generator<CsvRecord> {
  let row = 0;
  for (let at = 0; at < text.length;) {
    row += 1;
    const { parsed, first, next } = recordAt(text, at, separator);
    at = next;
    if (parsed.kind === 'fields') {
      if (parsed.fields.some((cell) => cell.trim() !== '')) yield { row, cells: parsed.fields };
      continue;
    }
    const problem = parsed.kind === 'open' ? 'unclosedQuote' : 'badQuote';
    yield { row, cells: null, problem, text: first };
  }
}

interface RecordAt {
  parsed: CsvFields;
  /** Its first line. */
  first: string;
  /** Where the next record starts. */
  next: number;
}

function recordAt(text: string, start: number, separator: string): RecordAt {
  const first = lineAt(text, start);
  let end = first;
  let parsed = csvFields(text.slice(start, end.end), separator);
  for (let lines = 1; parsed.kind === 'open' && lines < RECORD_LINES_MAX; lines++) {
    if (end.next >= text.length) break;
    const added = lineAt(text, end.next);
    // Only a quote can close what is open, so a line without one needs no second look.
    const closes = text.slice(end.next, added.end).includes('"');
    end = added;
    if (closes) parsed = csvFields(text.slice(start, end.end), separator);
  }
  const isWhole = parsed.kind === 'fields';
  return {
    parsed,
    first: text.slice(start, first.end),
    next: isWhole ? end.next : first.next,
  };
}

/** Where the line ends that starts here, and where the next one starts. */
function lineAt(text: string, start: number): { end: number; next: number } {
  LINE_END.lastIndex = start;
  const found = LINE_END.exec(text);
  if (found === null) return { end: text.length, next: text.length };
  return { end: found.index, next: found.index + found[0].length };
}
