import type { EntityDefinition, StoredRow } from '../../shared/entities/define-entity.ts';
import type { CsvCell } from '../../shared/exchange/csv-line.ts';
import { cursorPages } from '../exchange/cursor-pages.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { isoTime } from '../exchange/iso-time.ts';
import { titleReader } from '../exchange/title-reader.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { useTRPCClient } from '../trpc.ts';
import { type RecordField, recordFields } from './record-fields.ts';

const PAGE = 500;

/** A row with the names of what it points to. */
type ExportedRow = Readonly<Record<string, CsvCell>>;

/** Every record of an entity, with names instead of ids where it points to others. */
export function RecordExport({ entity, where }: { entity: EntityDefinition; where: StoredRow }) {
  const client = useTRPCClient();
  const fields = recordFields(entity);
  const columns = fields.map(({ name, target }): CsvColumn<ExportedRow> => {
    const header = target === null ? name : name.replace(/_id$/, '');
    return [header, (row) => row[name] ?? null];
  });
  return (
    <ExportButton
      name={`tallyman-${entity.name.replaceAll('_', '-')}`}
      columns={[...columns, ['id', ({ id }) => id ?? null]]}
      pages={async function* readAll(signal) {
        const titleOf = titleReader(client, signal);
        const pages = cursorPages((cursor) =>
          client.records.list.query(
            { entity: entity.name, where, cursor, limit: PAGE },
            { signal },
          ),
        );
        for await (const page of pages) {
          const rows: ExportedRow[] = [];
          for (const { id, row } of page) {
            const cells: Record<string, CsvCell> = { id };
            for (const field of fields) cells[field.name] = await cellOf(field, row, titleOf);
            rows.push(cells);
          }
          yield rows;
        }
      }}
    />
  );
}

async function cellOf(
  { name, kind, target }: RecordField,
  row: StoredRow,
  titleOf: ReturnType<typeof titleReader>,
): Promise<CsvCell> {
  const value = row[name] ?? null;
  if (target !== null) return titleOf(target, typeof value === 'string' ? value : null);
  if (kind === 'time') return isoTime(typeof value === 'number' ? value : null);
  return kind === 'boolean' && value !== null ? value === 1 : value;
}
