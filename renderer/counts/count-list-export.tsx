import type { CountSummary } from '../../shared/desktop/count-views.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { isoTime } from '../exchange/iso-time.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { namesOf } from './names-of.ts';

const COLUMNS: readonly CsvColumn<CountSummary>[] = [
  ['site', ({ siteCode }) => siteCode],
  ['code', ({ code }) => code],
  ['state', ({ stage }) => stage],
  ['zone', ({ zone }) => zone],
  ['category', ({ categoryName }) => categoryName],
  ['abc', ({ abc }) => abc],
  ['due_at', ({ dueAt }) => isoTime(dueAt)],
  ['counted_by', ({ countedBy }) => namesOf(countedBy)],
  ['places_done', ({ placesDone }) => placesDone],
  ['lines', ({ lines }) => lines],
  ['approved_by', ({ approvedBy }) => approvedBy?.name ?? null],
  ['approved_at', ({ approvedAt }) => isoTime(approvedAt)],
  ['note', ({ note }) => note],
];

/** The counts that the list shows. */
export function CountListExport({ counts }: { counts: readonly CountSummary[] }) {
  return (
    <ExportButton
      name="tallyman-counts"
      columns={COLUMNS}
      pages={async function* readAll() {
        yield await Promise.resolve(counts);
      }}
    />
  );
}
