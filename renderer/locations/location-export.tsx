import { foldText } from '../../shared/domain/fold-text.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { cursorPages } from '../exchange/cursor-pages.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { titleReader } from '../exchange/title-reader.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { useTRPCClient } from '../trpc.ts';

const PAGE = 500;

interface ExportedLocation {
  site: string;
  row: StoredRow;
}

/** Names that an import of locations knows. */
const COLUMNS: readonly CsvColumn<ExportedLocation>[] = [
  ['site', ({ site }) => site],
  ['code', ({ row }) => row['code'] ?? null],
  ['name', ({ row }) => row['name'] ?? null],
  ['zone', ({ row }) => row['zone'] ?? null],
  ['capacity', ({ row }) => row['capacity'] ?? null],
  ['blocked', ({ row }) => row['blocked'] === 1],
  ['note', ({ row }) => row['note'] ?? null],
];

interface LocationExportProps {
  text: string;
  siteId: string | null;
}

/** All locations that the list finds, however many: the list itself shows some hundreds. */
export function LocationExport({ text, siteId }: LocationExportProps) {
  const client = useTRPCClient();
  return (
    <ExportButton
      name="tallyman-locations"
      columns={COLUMNS}
      pages={async function* readAll(signal) {
        const siteOf = titleReader(client, signal);
        const where = siteId === null ? {} : { site_id: siteId };
        const pages = cursorPages((cursor) =>
          client.records.list.query({ entity: 'location', where, cursor, limit: PAGE }, { signal }),
        );
        for await (const page of pages) {
          const found: ExportedLocation[] = [];
          for (const { row } of page) {
            if (!isFound(row, text)) continue;
            found.push({ row, site: await siteOf('site', String(row['site_id'])) });
          }
          yield found;
        }
      }}
    />
  );
}

/** As the list finds them: by the start of the code or a part of the name. */
function isFound(row: StoredRow, text: string): boolean {
  const wanted = foldText(text.trim());
  return (
    foldText(String(row['code'])).startsWith(wanted) ||
    foldText(String(row['name'] ?? '')).includes(wanted)
  );
}
