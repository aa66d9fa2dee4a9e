import type { StockLocationView, StockView } from '../../shared/desktop/stock-views.ts';
import type { CsvCell } from '../../shared/exchange/csv-line.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { isoDay } from '../exchange/iso-time.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';

interface StockLine {
  place: StockLocationView;
  lot: StockLocationView['lots'][number];
}

interface ProductStockExportProps {
  product: { sku: string; name: string; unit: string };
  stock: StockView;
}

/** What lies where of one product, by lot. The names are those that an import of stock knows. */
export function ProductStockExport({ product, stock }: ProductStockExportProps) {
  const fixed = (value: CsvCell) => (): CsvCell => value;
  const columns: readonly CsvColumn<StockLine>[] = [
    ['sku', fixed(product.sku)],
    ['name', fixed(product.name)],
    ['site', ({ place }) => place.siteCode],
    ['location', ({ place }) => place.code],
    ['zone', ({ place }) => place.zone],
    ['lot', ({ lot }) => lot.lot],
    ['serial', ({ lot }) => lot.serial],
    ['expires_on', ({ lot }) => isoDay(lot.expiresOn)],
    ['quantity', ({ lot }) => lot.onHand],
    ['not_sent', ({ lot }) => lot.pending],
    ['unit', fixed(product.unit)],
  ];
  return (
    <ExportButton
      name="tallyman-stock"
      columns={columns}
      pages={async function* readAll() {
        yield stock.locations.flatMap((place) => place.lots.map((lot) => ({ place, lot })));
      }}
    />
  );
}
