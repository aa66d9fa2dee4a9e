import type { OperationView } from '../../shared/desktop/work-views.ts';
import { toCsv } from './to-csv.ts';

const COLUMNS = [
  'at',
  'state',
  'sent',
  'attempts',
  'entity',
  'kind',
  'title',
  'fields',
  'changes',
  'code',
  'message',
  'rowId',
  'operationId',
] as const;

/** Work as a table for a spreadsheet. Names and times as machines have them, because scripts read it too. */
export function workToCsv(operations: readonly OperationView[]): string {
  const rows = operations.map((one) => [
    new Date(one.at).toISOString(),
    one.state,
    one.sent,
    one.attempts,
    one.entity,
    one.kind,
    one.title,
    JSON.stringify(one.fields),
    one.changes,
    one.reason?.code ?? null,
    one.reason?.message ?? null,
    one.rowId,
    one.operationId,
  ]);
  return toCsv([COLUMNS, ...rows]);
}
