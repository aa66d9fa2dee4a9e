import { type ColumnName, columnNamed } from './import-columns.ts';
import type { ImportKind } from './import-kind.ts';
import { columnPlaces, type ColumnPlaces } from './line-fields.ts';
import type { LineFormat, NumberedText, SourceRecord } from './line-format.ts';
import { quoted, type Reject } from './reject.ts';

/** Names of keys that are remembered; a file with more different ones is no catalogue. */
const KEYS_MAX = 1_000;

/** One JSON object per line. A key that is missing leaves a value alone, `null` empties it. */
export class JsonLinesFormat implements LineFormat {
  readonly #kind: ImportKind;
  readonly #onIgnored: (key: string) => void;
  readonly #columns = new Map<string, ColumnName | null>();
  /** Place of each column in the values of every record, in order of first appearance. */
  readonly #order: ColumnName[] = [];
  #places: ColumnPlaces = columnPlaces([]);

  constructor(kind: ImportKind, onIgnored: (key: string) => void) {
    this.#kind = kind;
    this.#onIgnored = onIgnored;
  }

  feed({ number, text }: NumberedText): readonly SourceRecord[] {
    const parsed = parseObject(text);
    if (parsed === null) return [{ line: number, raw: text, reject: NOT_AN_OBJECT }];
    const values: (string | undefined)[] = [];
    for (const [key, value] of Object.entries(parsed)) {
      const column = this.#columnOf(key);
      if (column === null) continue;
      const asText = textOf(value, column);
      if (asText === null) return [{ line: number, raw: text, reject: badValue(key) }];
      values[this.#placeOf(column)] = asText;
    }
    return [{ line: number, raw: text, reject: null, values, places: this.#places }];
  }

  end(): readonly SourceRecord[] {
    return [];
  }

  #columnOf(key: string): ColumnName | null {
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const column = columnNamed(key, this.#kind);
    if (this.#columns.size < KEYS_MAX) {
      this.#columns.set(key, column);
      if (column === null) this.#onIgnored(key);
    }
    return column;
  }

  #placeOf(column: ColumnName): number {
    const place = this.#order.indexOf(column);
    if (place !== -1) return place;
    this.#order.push(column);
    this.#places = columnPlaces(this.#order);
    return this.#order.length - 1;
  }
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Null if it is neither text nor a number that JSON carries exactly, nor a yes or no where that is asked for. */
function textOf(value: unknown, column: ColumnName): string | null {
  if (value === null) return '';
  if (typeof value === 'boolean') return column === 'tracks_expiry' ? String(value) : null;
  if (typeof value === 'string') return value.isWellFormed() ? value : null;
  if (typeof value !== 'number') return null;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : String(value);
}

const NOT_AN_OBJECT: Reject = {
  reason: 'bad_json',
  sentence: 'The line is not a JSON object.',
};

function badValue(key: string): Reject {
  return {
    reason: 'bad_json',
    sentence: `The value of ${quoted(key)} is neither valid text nor a number that JSON can carry exactly.`,
  };
}
