import type { SyncLogEntry, SyncRunResult } from '../../shared/desktop/sync-state.ts';
import type { CsvCell } from '../../shared/exchange/csv-line.ts';
import { isoTime } from '../exchange/iso-time.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';

/** The log as a table. Names and times as machines have them, because scripts read it too. */
export const LOG_COLUMNS: readonly CsvColumn<SyncLogEntry>[] = [
  ['number', ({ number }) => number],
  ['at', ({ at }) => isoTime(at)],
  ['kind', ({ kind }) => kind],
  ['unit', ofRun(({ unit }) => unit)],
  ['reason', ofRun(({ reason }) => reason)],
  ['outcome', ofRun(({ outcome }) => outcome)],
  ['startedAt', ofRun(({ startedAt }) => isoTime(startedAt))],
  ['finishedAt', ofRun(({ finishedAt }) => isoTime(finishedAt))],
  ['rowsReceived', ofRun(({ rowsReceived }) => rowsReceived)],
  ['rowsDeleted', ofRun(({ rowsDeleted }) => rowsDeleted)],
  ['rowsSent', ofRun(({ rowsSent }) => rowsSent)],
  ['bytesReceived', ofRun(({ bytesReceived }) => bytesReceived)],
  ['code', ofRun(({ error }) => error?.code ?? null)],
  ['message', ofRun(({ error }) => error?.message ?? null)],
  ['note', (entry) => (entry.kind === 'note' ? JSON.stringify(entry.note) : null)],
  ['jobId', ofRun(({ jobId }) => jobId)],
];

/** Empty for what is no run. */
function ofRun(cell: (run: SyncRunResult) => CsvCell): (entry: SyncLogEntry) => CsvCell {
  return (entry) => (entry.kind === 'run' ? cell(entry.result) : null);
}
