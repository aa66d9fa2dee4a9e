import { must } from '../../shared/domain/assert.ts';
import { csvFields } from '../../shared/exchange/csv-fields.ts';
import { CsvFormat, TsvFormat } from './delimited-format.ts';
import { recogniseHeader } from './import-columns.ts';
import type { ImportKind } from './import-kind.ts';
import { JsonLinesFormat } from './json-lines-format.ts';
import type { LineFormat, SourceRecord } from './line-format.ts';
import { badFile } from './open-source.ts';
import { LINE_BYTES_MAX, type SourceLine } from './read-lines.ts';
import type { Reject } from './reject.ts';

export interface ReadRecordsOptions {
  /** For its extension, and to name it to people. */
  path: string;
  kind: ImportKind;
  /** Called once per column that the import has no use for. */
  onIgnored: (column: string) => void;
}

/** Yields the records of a few lines at once. Throws BAD_INPUT if the file as a whole makes no sense. */
export async function* readRecords(
  blocks: AsyncIterable<readonly SourceLine[]>,
  options: ReadRecordsOptions,
): AsyncGenerator<readonly SourceRecord[]> {
  const reader = new RecordReader(options);
  for await (const lines of blocks) {
    const records: SourceRecord[] = [];
    for (const line of lines) reader.take(line, records);
    yield records;
  }
  yield reader.end();
}

class RecordReader {
  readonly #options: ReadRecordsOptions;
  /** Null until the first line with something in it. */
  #format: LineFormat | null = null;
  /** Blank lines that are only the file's end, unless another line follows. */
  #blankFrom = 0;
  #blankCount = 0;

  constructor(options: ReadRecordsOptions) {
    this.#options = options;
  }

  take(line: SourceLine, records: SourceRecord[]): void {
    if (line.text !== null && line.text.trim() === '' && !this.#isInsideRecord) {
      if (this.#blankCount === 0) this.#blankFrom = line.number;
      this.#blankCount += 1;
      return;
    }
    if (this.#format === null) {
      this.#begin(line, records);
      return;
    }
    this.#rejectBlankLines(records);
    if (line.text !== null) {
      const made = this.#format.feed(line);
      this.#isInsideRecord = made.length === 0;
      records.push(...made);
      return;
    }
    records.push(...this.#format.end(), {
      line: line.number,
      raw: line.bytes,
      reject: line.problem === 'bad_utf8' ? BAD_UTF8 : LINE_TOO_LONG,
    });
    this.#isInsideRecord = false;
  }

  /** A blank line inside a quoted field is part of it. */
  #isInsideRecord = false;

  end(): readonly SourceRecord[] {
    if (this.#format === null) throw badFile(this.#options.path, 'is empty');
    return this.#format.end();
  }

  #begin(line: SourceLine, records: SourceRecord[]): void {
    const { path, kind, onIgnored } = this.#options;
    this.#blankCount = 0;
    const text = headerText(line, path);
    const format = formatOf(text, path);
    if (format === 'json') {
      this.#format = new JsonLinesFormat(kind, onIgnored);
      records.push(...this.#format.feed({ number: line.number, text }));
      return;
    }
    const parsed =
      format === '\t'
        ? ({ kind: 'fields', fields: text.split('\t') } as const)
        : csvFields(text, format);
    if (parsed.kind !== 'fields') {
      throw badFile(path, 'has a header line whose quotes do not match');
    }
    const header = recogniseHeader(parsed.fields, kind);
    for (const name of header.ignored) onIgnored(name);
    this.#format = format === '\t' ? new TsvFormat(header) : new CsvFormat(header, format);
  }

  #rejectBlankLines(records: SourceRecord[]): void {
    for (; this.#blankCount > 0; this.#blankCount--) {
      records.push({ line: this.#blankFrom++, raw: '', reject: BLANK_LINE });
    }
  }
}

const BAD_UTF8: Reject = {
  reason: 'bad_utf8',
  sentence: 'The line is not valid UTF-8 text.',
};
const LINE_TOO_LONG: Reject = {
  reason: 'line_too_long',
  sentence: `The line is longer than ${LINE_BYTES_MAX} bytes.`,
};
const BLANK_LINE: Reject = { reason: 'blank_line', sentence: 'The line is empty.' };

const UTF16_STARTS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

function headerText(line: SourceLine, path: string): string {
  if (line.text === null) {
    if (UTF16_STARTS.some((start) => line.bytes.subarray(0, 2).equals(start))) {
      throw badFile(path, 'is text in UTF-16. Save it as UTF-8 and import that');
    }
    throw badFile(path, 'is not a text file in UTF-8');
  }
  if (line.text.includes('\0')) throw badFile(path, 'is not a text file');
  return line.text;
}

const EXTENSION = /\.([a-z0-9]+)(?:\.(?:gz|zst))?$/i;
const DELIMITERS = [',', ';', '\t'] as const;

/** `json`, or what parts the fields; tab means TSV. By the first line, and by the extension where that leaves a doubt. */
function formatOf(firstLine: string, path: string): 'json' | (typeof DELIMITERS)[number] {
  const start = firstLine.trimStart();
  if (start.startsWith('{')) return 'json';
  if (start.startsWith('[')) {
    throw badFile(path, 'is one JSON array. Give JSON Lines: one object per line');
  }
  const extension = EXTENSION.exec(path)?.[1]?.toLowerCase();
  if (extension === 'tsv' || extension === 'tab') return '\t';
  const counts = DELIMITERS.map((delimiter) => firstLine.split(delimiter).length);
  const most = Math.max(...counts);
  const likely = must(DELIMITERS[counts.indexOf(most)], 'delimiter');
  return extension !== 'csv' && firstLine.includes('\t') ? '\t' : likely;
}
