import type { DeliverySummary } from '../../shared/desktop/delivery-views.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { isoTime } from '../exchange/iso-time.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { useTRPCClient } from '../trpc.ts';

const ROWS_MAX = 500;

const COLUMNS: readonly CsvColumn<DeliverySummary>[] = [
  ['site', ({ siteCode }) => siteCode],
  ['code', ({ code }) => code],
  ['supplier', ({ supplier }) => supplier],
  ['state', ({ state }) => state],
  ['expected_at', ({ expectedAt }) => isoTime(expectedAt)],
  ['lines', ({ lines }) => lines],
  ['open_lines', ({ openLines }) => openLines],
  ['over_lines', ({ overLines }) => overLines],
  ['expected', ({ expected }) => expected],
  ['received', ({ received }) => received],
  ['note', ({ note }) => note],
];

interface DeliveryListExportProps {
  question: { siteId: string | null; show: 'open' | 'closed'; text: string };
}

/** The deliveries that the list finds. */
export function DeliveryListExport({ question }: DeliveryListExportProps) {
  const client = useTRPCClient();
  return (
    <ExportButton
      name="tallyman-deliveries"
      columns={COLUMNS}
      pages={async function* readAll(signal) {
        yield await client.deliveries.list.query({ ...question, limit: ROWS_MAX }, { signal });
      }}
    />
  );
}
