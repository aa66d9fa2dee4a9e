import { type CsvFields, csvFields } from '../../shared/exchange/csv-fields.ts';
import { withoutGuard } from '../../shared/exchange/csv-line.ts';
import type { Header } from './import-columns.ts';
import { columnPlaces, type ColumnPlaces } from './line-fields.ts';
import type { LineFormat, NumberedText, SourceRecord } from './line-format.ts';
import type { Reject } from './reject.ts';

/** A quoted field may go over this many lines. A quote that is never closed costs only its own line. */
const RECORD_LINES_MAX = 50;

/** TSV: a tab parts fields and nothing else means anything, so a quote is part of a name. */
export class TsvFormat implements LineFormat {
  readonly #places: ColumnPlaces;
  readonly #width: number;

  constructor(header: Header) {
    this.#places = columnPlaces(header.columns);
    this.#width = header.columns.length;
  }

  feed({ number, text }: NumberedText): readonly SourceRecord[] {
    const values = text.split('\t');
    return values.length === this.#width
      ? [{ line: number, raw: text, reject: null, values, places: this.#places }]
      : [{ line: number, raw: text, reject: wrongCount(values.length, this.#width) }];
  }

  end(): readonly SourceRecord[] {
    return [];
  }
}

export class CsvFormat implements LineFormat {
  readonly #places: ColumnPlaces;
  readonly #width: number;
  readonly #delimiter: string;
  /** Lines of a record whose quote is still open. */
  #open: NumberedText[] = [];

  constructor(header: Header, delimiter: string) {
    this.#places = columnPlaces(header.columns);
    this.#width = header.columns.length;
    this.#delimiter = delimiter;
  }

  feed(line: NumberedText): readonly SourceRecord[] {
    const lines = [...this.#open, line];
    // Only a quote can close what is open, so a line without one needs no second look.
    const waits = this.#open.length > 0 && !line.text.includes('"');
    const text = waits ? '' : lines.map((part) => part.text).join('\n');
    const parsed: CsvFields = waits ? { kind: 'open' } : csvFields(text, this.#delimiter);
    this.#open = lines;
    if (parsed.kind === 'open') return lines.length < RECORD_LINES_MAX ? [] : this.#giveUp();
    if (parsed.kind === 'malformed') return this.#giveUp();
    this.#open = [];
    return [this.#record({ number: lines[0]?.number ?? line.number, text }, parsed.fields)];
  }

  end(): readonly SourceRecord[] {
    const records: SourceRecord[] = [];
    while (this.#open.length > 0) records.push(...this.#giveUp());
    return records;
  }

  /** Our own exports guard text that a spreadsheet would run; it comes back as it was. */
  #record({ number, text }: NumberedText, fields: readonly string[]): SourceRecord {
    const values = text.includes("'") ? fields.map(withoutGuard) : fields;
    return values.length === this.#width
      ? { line: number, raw: text, reject: null, values, places: this.#places }
      : { line: number, raw: text, reject: wrongCount(values.length, this.#width) };
  }

  /** Rejects the line that opened the quote, and takes those after it for what they are by themselves. */
  #giveUp(): readonly SourceRecord[] {
    const [first, ...others] = this.#open;
    this.#open = [];
    if (first === undefined) return [];
    const reject = others.length > 0 || !this.#closes(first) ? NEVER_CLOSED : BAD_QUOTING;
    const rejected: SourceRecord = { line: first.number, raw: first.text, reject };
    return [rejected, ...others.flatMap((other) => this.feed(other))];
  }

  #closes({ text }: NumberedText): boolean {
    return csvFields(text, this.#delimiter).kind !== 'open';
  }
}

const NEVER_CLOSED: Reject = {
  reason: 'quote_not_closed',
  sentence: 'A quote opens in this line and is not closed.',
};
const BAD_QUOTING: Reject = {
  reason: 'bad_quoting',
  sentence: 'Text follows a closing quote. A quote inside a quoted field is written twice.',
};

function wrongCount(found: number, expected: number): Reject {
  return {
    reason: 'field_count',
    sentence: `The line has ${found} fields; the header line has ${expected}.`,
  };
}
