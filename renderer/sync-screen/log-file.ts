import type { SyncLogEntry } from '../../shared/desktop/sync-state.ts';
import { type CsvCell, toCsv } from '../work/to-csv.ts';

const COLUMNS = [
  'number',
  'at',
  'kind',
  'unit',
  'reason',
  'outcome',
  'startedAt',
  'finishedAt',
  'rowsReceived',
  'rowsDeleted',
  'rowsSent',
  'bytesReceived',
  'code',
  'message',
  'note',
  'jobId',
] as const;

/** The log as a table. Names and times as machines have them, because scripts read it too. */
export function logToCsv(entries: readonly SyncLogEntry[]): string {
  return toCsv([COLUMNS, ...entries.map((entry) => rowOf(entry))]);
}

function rowOf(entry: SyncLogEntry): CsvCell[] {
  const start: CsvCell[] = [entry.number, isoTime(entry.at), entry.kind];
  if (entry.kind === 'note') {
    const note = COLUMNS.indexOf('note');
    return COLUMNS.map((_, at) => (at === note ? JSON.stringify(entry.note) : (start[at] ?? null)));
  }
  const { result } = entry;
  return [
    ...start,
    result.unit,
    result.reason,
    result.outcome,
    isoTime(result.startedAt),
    isoTime(result.finishedAt),
    result.rowsReceived,
    result.rowsDeleted,
    result.rowsSent,
    result.bytesReceived,
    result.error?.code ?? null,
    result.error?.message ?? null,
    null,
    result.jobId,
  ];
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}
