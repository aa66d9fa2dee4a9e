import type { CountLineView, CountSummary, LineFilter } from '../../shared/desktop/count-views.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { isoTime } from '../exchange/iso-time.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { useTRPCClient } from '../trpc.ts';

const PAGE = 500;

const COLUMNS: readonly CsvColumn<CountLineView>[] = [
  ['location', ({ locationCode }) => locationCode],
  ['sku', ({ sku }) => sku],
  ['product', ({ productName }) => productName],
  ['lot', ({ lot }) => lot],
  ['serial', ({ serial }) => serial],
  ['counted', ({ counted }) => counted],
  ['book', ({ book }) => book],
  ['difference', ({ variance }) => variance],
  ['value_minor', ({ value }) => value],
  ['currency', ({ currency }) => currency],
  ['seen_at', ({ seenAt }) => isoTime(seenAt)],
  ['round', ({ round }) => round],
  ['cause', ({ cause }) => cause],
  ['flags', ({ flags }) => flags.join(' ')],
  ['note', ({ note }) => note],
];

export interface LineQuestion {
  countId: string;
  filter: LineFilter;
  text: string;
  sort: 'place' | 'value';
}

interface CountLinesExportProps {
  count: CountSummary;
  question: LineQuestion;
}

/** The lines that the review finds, all of them. */
export function CountLinesExport({ count, question }: CountLinesExportProps) {
  const client = useTRPCClient();
  return (
    <ExportButton
      name={`tallyman-count-${count.code}`}
      columns={COLUMNS}
      pages={async function* readAll(signal) {
        for (let offset = 0, whole = false; !whole;) {
          const page = await client.counts.lines.query(
            { ...question, offset, limit: PAGE },
            { signal },
          );
          yield page.items;
          offset += page.items.length;
          whole = page.items.length === 0 || offset >= page.total;
        }
      }}
    />
  );
}
