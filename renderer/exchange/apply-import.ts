import { v5 as uuidv5 } from 'uuid';
import {
  IMPORT_ROWS_PER_OPERATION,
  type ImportWriteResult,
} from '../../shared/desktop/exchange-views.ts';
import type { RecordWrite } from '../../shared/desktop/record-views.ts';
import type { ColumnChoice } from '../../shared/exchange/guess-columns.ts';
import type { PlannedRow } from './check-file.ts';

/** Ids of imported rows are made in this namespace from the import's key and the row. */
const IMPORT_NAMESPACE = '6f1c2a52-6d1f-4d0e-9c0b-0f6a6f2b7d11';

export interface ApplyPorts {
  /** Durable when it resolves. */
  write: (writes: RecordWrite[]) => Promise<ImportWriteResult>;
  signal: AbortSignal;
  onProgress: (rows: number) => void;
}

/** What makes two imports the same: the bytes of the file, and which columns were taken for what. */
export function importKey(hash: string, columns: ColumnChoice): string {
  const chosen = Object.entries(columns).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${hash}:${JSON.stringify(chosen)}`;
}

/**
 * Records what a check has planned, some rows as one operation each. A row's id says which import and row it came from, so a
 * row is recorded once, however often the same import is run and wherever it was cut off. Returns how many rows were new;
 * ends early once the signal is aborted.
 */
export async function applyImport(
  key: string,
  planned: readonly PlannedRow[],
  { write, signal, onProgress }: ApplyPorts,
): Promise<number> {
  let written = 0;
  for (let at = 0; at < planned.length && !signal.aborted; at += IMPORT_ROWS_PER_OPERATION) {
    const rows = planned.slice(at, at + IMPORT_ROWS_PER_OPERATION);
    const result = await write(rows.map((row) => writeOf(key, row)));
    written += result.written;
    onProgress(at + rows.length);
  }
  return written;
}

function writeOf(key: string, { row, effect }: PlannedRow): RecordWrite {
  switch (effect.kind) {
    case 'create': {
      const id = uuidv5(`${key}:${effect.entity}:${row}`, IMPORT_NAMESPACE);
      return { kind: 'create', entity: effect.entity, id, row: effect.row };
    }
    case 'update':
      return { kind: 'update', entity: effect.entity, id: effect.id, fields: effect.fields };
  }
}
