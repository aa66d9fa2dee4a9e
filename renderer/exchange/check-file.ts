import {
  type ImportLookUp,
  type ImportLookUpInput,
  LOOK_UP_ROWS_MAX,
} from '../../shared/desktop/exchange-views.ts';
import { type CheckedRow, RowChecker } from '../../shared/exchange/check-rows.ts';
import { csvRecords } from '../../shared/exchange/csv-records.ts';
import type { ColumnChoice } from '../../shared/exchange/guess-columns.ts';
import type { ImportKind } from '../../shared/exchange/import-fields.ts';
import { matchRow, type RowEffect } from '../../shared/exchange/match-row.ts';
import type { RowProblem } from '../../shared/exchange/row-problem.ts';
import type { ImportFile } from './open-import-file.ts';
import { paced } from './pace.ts';

/** Bounds what is kept of a file while it is looked at. */
export const IMPORT_ROWS_MAX = 50_000;

export interface CheckOptions {
  kind: ImportKind;
  columns: ColumnChoice;
  /** Code → id of the sites on this laptop. */
  sites: ReadonlyMap<string, string>;
  /** Of rows that name no site; null if there is none. */
  siteId: string | null;
  /** Of the movements that opening stock becomes. */
  reason: string;
  /** UTC epoch milliseconds. */
  at: number;
}

export interface CheckPorts {
  lookUp: (input: ImportLookUpInput, signal: AbortSignal) => Promise<readonly ImportLookUp[]>;
  signal: AbortSignal;
  onProgress: (rows: number) => void;
}

/** What one row would change. */
export interface PlannedRow {
  row: number;
  effect: Exclude<RowEffect, { kind: 'none' }>;
}

export interface FileCheck {
  rows: number;
  /** All of them, by row. */
  problems: readonly RowProblem[];
  /** Rows that are right and change something. */
  planned: readonly PlannedRow[];
  /** Rows that are right and change nothing. */
  unchanged: number;
  /** There were more rows than one import takes. */
  isCut: boolean;
}

/** The dry run: looks at every row, against the others and against what is on this laptop, and changes nothing. */
export async function checkFile(
  file: ImportFile,
  options: CheckOptions,
  ports: CheckPorts,
): Promise<FileCheck> {
  const { kind, columns } = options;
  const checker = new RowChecker({ kind, columns, width: file.headers.length });
  const matcher = new RowMatcher(options, ports);
  const pace = paced(ports.signal);
  const records = csvRecords(file.text, file.separator);
  records.next();
  let rows = 0;
  let isCut = false;
  for (const record of records) {
    isCut = rows === IMPORT_ROWS_MAX;
    if (isCut) break;
    rows += 1;
    const checked = checker.check(record);
    if (checked !== null) await matcher.take(checked);
    ports.onProgress(rows);
    await pace();
  }
  await matcher.end();
  const problems = [...checker.problems, ...matcher.problems].toSorted((a, b) => a.row - b.row);
  const { planned, unchanged } = matcher;
  return { rows, problems, planned, unchanged, isCut };
}

/** Gathers rows, so that many are looked up at once. */
class RowMatcher {
  readonly problems: RowProblem[] = [];
  readonly planned: PlannedRow[] = [];
  unchanged = 0;
  readonly #options: CheckOptions;
  readonly #ports: CheckPorts;
  #waiting: { row: CheckedRow; siteId: string | null }[] = [];

  constructor(options: CheckOptions, ports: CheckPorts) {
    this.#options = options;
    this.#ports = ports;
  }

  async take(row: CheckedRow): Promise<void> {
    const { kind, sites, siteId: fallback } = this.#options;
    if (kind === 'products') {
      this.unchanged += 1;
      return;
    }
    const code = row.values['site'] ?? null;
    const siteId = code === null ? fallback : sites.get(String(code));
    if (siteId === undefined) {
      const value = String(code);
      this.problems.push({ row: row.row, field: 'site', value, code: 'unknownSite', facts: {} });
      return;
    }
    this.#waiting.push({ row, siteId });
    if (this.#waiting.length === LOOK_UP_ROWS_MAX) await this.end();
  }

  async end(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting.splice(0);
    const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    const found = await this.#ports.lookUp(
      {
        rows: waiting.map(({ row: { values }, siteId }) => ({
          sku: text(values['sku']),
          barcode: text(values['barcode']),
          siteId,
          location: text(values['location'] ?? values['code']),
          lot: text(values['lot']) ?? '',
          serial: text(values['serial']) ?? '',
        })),
      },
      this.#ports.signal,
    );
    for (const [at, { row, siteId }] of waiting.entries()) {
      const one = found[at];
      if (one === undefined) continue;
      const matched = matchRow(row, one, { ...this.#options, siteId });
      if ('problems' in matched) this.problems.push(...matched.problems);
      else if (matched.effect.kind === 'none') this.unchanged += 1;
      else this.planned.push({ row: row.row, effect: matched.effect });
    }
  }
}
