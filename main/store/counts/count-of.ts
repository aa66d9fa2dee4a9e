import { type StockCount, stockCount } from '../../../shared/entities/stock-count.ts';
import { fromStored } from '../../../shared/entities/stored-row.ts';
import type { RecordView } from '../../../shared/desktop/record-views.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';

export interface FoundCount {
  view: RecordView;
  count: StockCount;
  site: SiteReader;
}

/** Null if there is no such count on this laptop. */
export function countOf(reader: ReplicaReader, id: string): FoundCount | null {
  const view = reader.records.get('stock_count', id);
  const [site] = reader.sitesOf(view === null ? '' : String(view.row['site_id']));
  return view === null || site === undefined ? null : { view, count: typed(view), site };
}

export function typed({ row }: RecordView): StockCount {
  return fromStored(stockCount, row) as StockCount;
}
