import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { cursorPages } from '../exchange/cursor-pages.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { isoTime } from '../exchange/iso-time.ts';
import { titleReader } from '../exchange/title-reader.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { useTRPCClient } from '../trpc.ts';

const PAGE = 500;

interface ExportedMovement {
  row: StoredRow;
  pending: boolean;
  site: string;
  sku: string;
  product: string;
  from: string;
  to: string;
}

const COLUMNS: readonly CsvColumn<ExportedMovement>[] = [
  ['moved_at', ({ row }) => isoTime(Number(row['moved_at']))],
  ['kind', ({ row }) => row['kind'] ?? null],
  ['sku', ({ sku }) => sku],
  ['product', ({ product }) => product],
  ['site', ({ site }) => site],
  ['from', ({ from }) => from],
  ['to', ({ to }) => to],
  ['lot', ({ row }) => row['lot'] ?? null],
  ['serial', ({ row }) => row['serial'] ?? null],
  ['quantity', ({ row }) => row['quantity'] ?? null],
  ['reason', ({ row }) => row['reason'] ?? null],
  ['pending', ({ pending }) => pending],
  ['reverses', ({ row }) => row['reverses'] ?? null],
  ['id', ({ row }) => row['id'] ?? null],
];

interface MovementExportProps {
  /** Of one product, or of one location. */
  of: { productId: string } | { locationId: string };
}

/** Every movement of a product or a location on this laptop, what is not sent yet included. */
export function MovementExport({ of }: MovementExportProps) {
  const client = useTRPCClient();
  return (
    <ExportButton
      name="tallyman-movements"
      columns={COLUMNS}
      pages={async function* readAll(signal) {
        const titleOf = titleReader(client, signal);
        for (const where of conditionsOf(of)) {
          const pages = cursorPages((cursor) =>
            client.records.list.query(
              { entity: 'stock_movement', where, cursor, limit: PAGE },
              { signal },
            ),
          );
          for await (const page of pages) {
            const rows: ExportedMovement[] = [];
            for (const { row, pending } of page) {
              const id = (column: string): string => String(row[column] ?? '');
              rows.push({
                row,
                pending,
                site: await titleOf('site', id('site_id')),
                sku: await titleOf('product', id('product_id'), 'sku'),
                product: await titleOf('product', id('product_id'), 'name'),
                from: await titleOf('location', id('from_location_id')),
                to: await titleOf('location', id('to_location_id')),
              });
            }
            yield rows;
          }
        }
      }}
    />
  );
}

/** A move never has one place at both ends, so nothing is met twice. */
function conditionsOf(of: MovementExportProps['of']): StoredRow[] {
  return 'productId' in of
    ? [{ product_id: of.productId }]
    : [{ from_location_id: of.locationId }, { to_location_id: of.locationId }];
}
