import type { RecordView } from '../../../shared/desktop/record-views.ts';
import type { DeliveryLine } from '../../../shared/entities/delivery-line.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { unsentReceipts } from './unsent-receipts.ts';
import { CONTAINED_POINT } from '../contained-point.ts';

const PAGE = 500;
/** A delivery is written as one operation, which has fewer changes; more pages than this are no delivery. */
const PAGES_MAX = 20;

export interface SeenLine {
  row: DeliveryLine;
  /** What everybody received, this laptop's unsent work included. */
  received: number;
  unsent: number;
  pending: boolean;
  conflict: boolean;
}

/** The lines of a delivery and what was received of each. Rows and point are read as one, what is unsent after. */
export function deliveryLines(
  reader: ReplicaReader,
  site: SiteReader,
  deliveryId: string,
): SeenLine[] {
  const { views, contained } = site.db.atOnce(() => ({
    views: lineViews(reader, site.siteId, deliveryId),
    contained: site.db.first<ContainedPoint>(CONTAINED_POINT),
  }));
  if (!contained) return [];
  const unsent = unsentReceipts(
    reader.work,
    views.map(({ id }) => id),
    contained,
  );
  return views.map(({ id, row, pending, conflict }) => {
    // The entity has no booleans, so its stored form is its typed one.
    const line = row as unknown as DeliveryLine;
    const own = unsent.get(id) ?? 0;
    return { row: line, received: line.received + own, unsent: own, pending, conflict };
  });
}

function lineViews(reader: ReplicaReader, siteId: string, deliveryId: string): RecordView[] {
  const views: RecordView[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const where = { site_id: siteId, delivery_id: deliveryId };
    const { items, nextCursor } = reader.records.list({
      entity: 'delivery_line',
      where,
      cursor,
      limit: PAGE,
    });
    views.push(...items);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return views;
}
