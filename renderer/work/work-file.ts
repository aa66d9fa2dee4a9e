import type { ConflictView, OperationView } from '../../shared/desktop/work-views.ts';
import { isoTime } from '../exchange/iso-time.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';

/** Work as a table for a spreadsheet. Names and times as machines have them, because scripts read it too. */
export const WORK_COLUMNS: readonly CsvColumn<OperationView>[] = [
  ['at', ({ at }) => isoTime(at)],
  ['state', ({ state }) => state],
  ['sent', ({ sent }) => sent],
  ['attempts', ({ attempts }) => attempts],
  ['entity', ({ entity }) => entity],
  ['kind', ({ kind }) => kind],
  ['title', ({ title }) => title],
  ['fields', ({ fields }) => JSON.stringify(fields)],
  ['changes', ({ changes }) => changes],
  ['code', ({ reason }) => reason?.code ?? null],
  ['message', ({ reason }) => reason?.message ?? null],
  ['rowId', ({ rowId }) => rowId],
  ['operationId', ({ operationId }) => operationId],
];

/** What waits for a decision: a line for each field, with its three versions. */
export const CONFLICT_COLUMNS: readonly CsvColumn<ConflictView>[] = [
  ['at', ({ at }) => isoTime(at)],
  ['entity', ({ entity }) => entity],
  ['kind', ({ kind }) => kind],
  ['title', ({ title }) => title],
  ['field', ({ field }) => field],
  ['base', ({ base }) => asCell(base)],
  ['mine', ({ mine }) => asCell(mine)],
  ['theirs', ({ theirs }) => asCell(theirs)],
  ['rowId', ({ rowId }) => rowId],
  ['operationId', ({ operationId }) => operationId],
];

/** A whole row is one cell, as JSON. */
function asCell(value: ConflictView['mine']): string | number | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
