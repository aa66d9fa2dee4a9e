import type { ProductListItem } from '../../shared/desktop/catalogue-views.ts';
import { cursorPages } from '../exchange/cursor-pages.ts';
import { decimalMoney } from '../exchange/decimal-money.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { useTRPCClient } from '../trpc.ts';
import type { CatalogueQuestion } from './use-catalogue-list.ts';

const PAGE = 200;

/** Names that an import of products knows, but for what it could not take back. */
const COLUMNS: readonly CsvColumn<ProductListItem>[] = [
  ['sku', ({ sku }) => sku],
  ['barcode', ({ barcodes }) => barcodes[0] ?? null],
  ['other_barcodes', ({ barcodes }) => barcodes.slice(1).join(' ')],
  ['name', ({ name }) => name],
  ['category_name', ({ category }) => category],
  ['brand', ({ brand }) => brand],
  ['unit', ({ unit }) => unit],
  ['price', ({ priceMinor, currency }) => decimalMoney(priceMinor, currency)],
  ['currency', ({ currency }) => currency],
  ['min_stock', ({ minStock }) => minStock],
  ['on_hand', ({ onHand }) => onHand],
  ['archived', ({ archived }) => archived],
];

/** Every product that the text and filters find, in the order of the list. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function CatalogueExport({ question }: { question: CatalogueQuestion }) {
  const client = useTRPCClient();
  return (
    <ExportButton
      name="tallyman-products"
      columns={COLUMNS}
      pages={(signal) =>
        cursorPages((cursor) =>
          client.catalogue.search.query({ ...question, cursor, limit: PAGE }, { signal }),
        )
      }
    />
  );
}
