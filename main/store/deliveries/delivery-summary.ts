import type { RecordView } from '../../../shared/desktop/record-views.ts';
import type { DeliverySummary } from '../../../shared/desktop/delivery-views.ts';
import type { Delivery } from '../../../shared/entities/delivery.ts';
import type { ReplicaReader } from '../catalogue/replica-reader.ts';
import type { SeenLine } from './delivery-lines.ts';

const SITE_CODE = 'SELECT code FROM site WHERE id = ?';

/** A delivery with the sums of its lines. */
export function deliverySummary(
  reader: ReplicaReader,
  { id, row, pending, conflict }: RecordView,
  lines: readonly SeenLine[],
): DeliverySummary {
  // The entity has no booleans, so its stored form is its typed one.
  const delivery = row as unknown as Delivery;
  const sum = (of: (line: SeenLine) => number): number =>
    lines.reduce((total, line) => total + of(line), 0);
  return {
    id,
    siteId: delivery.site_id,
    siteCode: reader.catalogue.value<string>(SITE_CODE, delivery.site_id) ?? '',
    code: delivery.code,
    supplier: delivery.supplier,
    state: delivery.state,
    expectedAt: delivery.expected_at,
    note: delivery.note,
    lines: lines.length,
    openLines: lines.filter(({ row: line, received }) => received < line.expected).length,
    overLines: lines.filter(({ row: line, received }) => received > line.expected).length,
    expected: sum(({ row: line }) => line.expected),
    received: sum(({ received }) => received),
    pending: pending || lines.some((line) => line.pending || line.unsent !== 0),
    conflict: conflict || lines.some((line) => line.conflict),
  };
}
