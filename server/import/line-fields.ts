import type { CellType } from '../../shared/exchange/import-fields.ts';
import { type CellValue, readCell } from '../../shared/exchange/read-cell.ts';
import type { ColumnName } from './import-columns.ts';
import { quoted, type Reject, type RejectReason, withField } from './reject.ts';

export type ColumnPlaces = ReadonlyMap<ColumnName, number>;

export function columnPlaces(columns: readonly (ColumnName | null)[]): ColumnPlaces {
  const places = new Map<ColumnName, number>();
  for (const [at, column] of columns.entries()) if (column !== null) places.set(column, at);
  return places;
}

// eslint-disable-next-line no-control-regex -- these are what it looks for
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/;
// eslint-disable-next-line no-control-regex -- these are what it looks for
const CONTROL_BUT_LINE_ENDS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
// eslint-disable-next-line no-control-regex -- these are what it looks for
const BEYOND_ASCII = /[^\u0000-\u007f]/;
const INTEGER = /^-?\d{1,15}$/;

export interface TextOptions {
  max: number;
  /** A description may have line ends and tabs. */
  multiline?: boolean | undefined;
}

/**
 * Reads the values of one line. All that is wrong is kept, once for each column; with a `reject`, what is returned is of no use.
 * (Not thrown: a file may have a million bad lines.)
 */
export class LineFields {
  readonly problems: Reject[] = [];
  readonly #values: readonly (string | undefined)[];
  readonly #places: ColumnPlaces;

  constructor(values: readonly (string | undefined)[], places: ColumnPlaces) {
    this.#values = values;
    this.#places = places;
  }

  /** What was wrong first; null if nothing is. */
  get reject(): Reject | null {
    return this.problems[0] ?? null;
  }

  /** Whether the file says anything about the column, be it that it is empty. */
  has(column: ColumnName): boolean {
    return this.#raw(column) !== undefined;
  }

  /** Trimmed and in NFC; null if empty. */
  text(column: ColumnName, { max, multiline = false }: TextOptions): string | null {
    const raw = this.#raw(column);
    if (raw === undefined) return null;
    const trimmed = raw.trim();
    const text = BEYOND_ASCII.test(trimmed) ? trimmed.normalize('NFC') : trimmed;
    if (text === '') return null;
    if ((multiline ? CONTROL_BUT_LINE_ENDS : CONTROL_CHARACTERS).test(text)) {
      this.fail({
        reason: 'control_character',
        field: label(column),
        sentence: `The ${label(column)} ${quoted(text)} contains a control character.`,
      });
    } else if (text.length > max) {
      this.fail({
        reason: 'too_long',
        field: label(column),
        sentence: `The ${label(column)} has ${text.length} characters; at most ${max} are allowed.`,
      });
    }
    return text;
  }

  /** Null if empty. */
  integer(column: ColumnName, { min, max }: { min: number; max: number }): number | null {
    const text = this.text(column, { max: NUMBER_CHARACTERS_MAX });
    if (text === null) return null;
    const value = INTEGER.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value === 0 ? 0 : value;
    this.fail({
      reason: 'bad_number',
      field: label(column),
      sentence: `The ${label(column)} ${quoted(text)} is not a whole number from ${min} to ${max}.`,
    });
    return null;
  }

  /** Null if empty. Letters may be large or small. */
  choice<TChoice extends string>(column: ColumnName, choices: readonly TChoice[]): TChoice | null {
    const cell = { type: 'choice', choices } as const;
    const value = this.#cell(column, cell, ['bad_choice', `one of ${choices.join(', ')}`]);
    return choices.find((choice) => choice === value) ?? null;
  }

  /** Null if empty. */
  boolean(column: ColumnName): boolean | null {
    const value = this.#cell(column, { type: 'boolean' }, ['bad_boolean', 'a yes or a no']);
    return typeof value === 'boolean' ? value : null;
  }

  /** The UTC time at the start of a calendar day; null if empty. */
  day(column: ColumnName): number | null {
    const value = this.#cell(column, { type: 'day' }, ['bad_date', 'a day such as 2027-03-31']);
    return typeof value === 'number' ? value : null;
  }

  /** Read as a laptop reads it, so that a file means the same on both sides. */
  #cell(
    column: ColumnName,
    cell: CellType,
    [reason, expected]: readonly [RejectReason, string],
  ): CellValue {
    const text = this.text(column, { max: WORD_CHARACTERS_MAX });
    if (text === null) return null;
    const read = readCell(text, cell);
    if ('value' in read) return read.value;
    const sentence = `The ${label(column)} ${quoted(text)} is not ${expected}.`;
    this.fail({ reason, field: label(column), sentence });
    return null;
  }

  /** A value that is no number is not also called empty. */
  fail(reject: Reject): void {
    const problem = withField(reject);
    const isKnown = this.problems.some(({ field }) => field === problem.field);
    if (!isKnown) this.problems.push(problem);
  }

  #raw(column: ColumnName): string | undefined {
    const place = this.#places.get(column);
    return place === undefined ? undefined : this.#values[place];
  }
}

const NUMBER_CHARACTERS_MAX = 64;
const WORD_CHARACTERS_MAX = 64;

function label(column: ColumnName): string {
  return column === 'gtin' ? 'barcode' : column.replaceAll('_', ' ');
}
