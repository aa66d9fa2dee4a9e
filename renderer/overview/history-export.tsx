import type { MovementView } from '../../shared/desktop/stock-views.ts';
import { cursorPages } from '../exchange/cursor-pages.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { isoDay, isoTime } from '../exchange/iso-time.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { useTRPCClient } from '../trpc.ts';
import type { MovementFilter } from './use-movement-history.ts';

const PAGE = 200;

const COLUMNS: readonly CsvColumn<MovementView>[] = [
  ['moved_at', ({ movedAt }) => isoTime(movedAt)],
  ['kind', ({ kind }) => kind],
  ['product', ({ productName }) => productName],
  ['from', ({ fromCode }) => fromCode],
  ['to', ({ toCode }) => toCode],
  ['quantity', ({ quantity }) => quantity],
  ['lot', ({ lot }) => lot],
  ['serial', ({ serial }) => serial],
  ['expires_on', ({ expiresOn }) => isoDay(expiresOn)],
  ['person', ({ personName }) => personName],
  ['cause', ({ cause }) => cause],
  ['reason', ({ reason }) => reason],
  ['id', ({ id }) => id],
  ['reverses', ({ reverses }) => reverses],
];

/** All that the filter leaves, however long ago. */
export function HistoryExport({ filter }: { filter: MovementFilter }) {
  const client = useTRPCClient();
  return (
    <ExportButton
      name="tallyman-movements"
      columns={COLUMNS}
      pages={(signal) =>
        cursorPages((cursor: number | null) =>
          client.overview.movements.query({ ...filter, cursor, limit: PAGE }, { signal }),
        )
      }
    />
  );
}
