import type { CsvRecord } from './csv-records.ts';
import type { ColumnChoice } from './guess-columns.ts';
import { IMPORT_FIELDS, type ImportKind, KEY_FIELDS, UNIQUE_FIELDS } from './import-fields.ts';
import { type CellValue, readCell } from './read-cell.ts';
import { type RowProblem, shownValue } from './row-problem.ts';

/** A row whose cells make sense. A field that the file has no column for is not among the values. */
export interface CheckedRow {
  row: number;
  values: Readonly<Record<string, CellValue>>;
}

export interface RowCheckerOptions {
  kind: ImportKind;
  columns: ColumnChoice;
  /** Cells of the header. */
  width: number;
}

/** The checks that need nothing but the file itself. Finds everything that is wrong with a row, not only the first of it. */
export class RowChecker {
  readonly problems: RowProblem[] = [];
  readonly #options: RowCheckerOptions;
  /** For each rule, what was seen and in which row first. */
  readonly #seen: readonly Map<string, number>[];

  constructor(options: RowCheckerOptions) {
    this.#options = options;
    this.#seen = UNIQUE_FIELDS[options.kind].map(() => new Map<string, number>());
  }

  /** Null if something is wrong with the row. */
  check(record: CsvRecord): CheckedRow | null {
    const { row } = record;
    const before = this.problems.length;
    if (record.cells === null) {
      this.#tell(row, { field: null, value: record.text, code: record.problem });
      return null;
    }
    const { cells } = record;
    const { width } = this.#options;
    if (cells.length !== width) {
      const facts = { found: cells.length, expected: width };
      this.#tell(row, { field: null, value: cells.join(' '), code: 'cellCount', facts });
      return null;
    }
    const values = this.#read(row, cells);
    this.#checkKeys(row, values);
    if (this.problems.length === before) this.#checkUnique(row, values);
    return this.problems.length === before ? { row, values } : null;
  }

  #read(row: number, cells: readonly string[]): Record<string, CellValue> {
    const { kind, columns } = this.#options;
    const values: Record<string, CellValue> = {};
    for (const { name, cell, isNeeded } of IMPORT_FIELDS[kind]) {
      const at = columns[name];
      if (at === undefined) continue;
      const raw = cells[at] ?? '';
      const read = readCell(raw, cell);
      if ('problem' in read) {
        this.#tell(row, { field: name, value: raw, code: read.problem, facts: read.facts });
        continue;
      }
      if (isNeeded && read.value === null) {
        this.#tell(row, { field: name, value: raw, code: 'empty' });
      }
      values[name] = read.value;
    }
    return values;
  }

  /** A key that could not be read was told about already. */
  #checkKeys(row: number, values: Readonly<Record<string, CellValue>>): void {
    const { kind, columns } = this.#options;
    const keys = KEY_FIELDS[kind].filter((name) => name in columns);
    if (keys.length === 0 || keys.some((name) => values[name] !== null)) return;
    this.#tell(row, { field: keys[0] ?? null, value: '', code: 'noKey' });
  }

  #checkUnique(row: number, values: Readonly<Record<string, CellValue>>): void {
    for (const [at, fields] of UNIQUE_FIELDS[this.#options.kind].entries()) {
      const parts = fields.map((name) => values[name] ?? null);
      if (parts.every((part) => part === null)) continue;
      const key = JSON.stringify(parts);
      const first = this.#seen[at]?.get(key);
      if (first === undefined) {
        this.#seen[at]?.set(key, row);
        continue;
      }
      const named = fields.findLast((name) => (values[name] ?? null) !== null) ?? null;
      const value = parts.filter((part) => part !== null).join(' ');
      this.#tell(row, { field: named, value, code: 'duplicate', facts: { first } });
    }
  }

  #tell(row: number, problem: Omit<RowProblem, 'row' | 'facts'> & Partial<RowProblem>): void {
    this.problems.push({ facts: {}, ...problem, row, value: shownValue(problem.value) });
  }
}
