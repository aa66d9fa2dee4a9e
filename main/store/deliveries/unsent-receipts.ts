import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import { NOT_CONTAINED } from '../overlay/overlay.ts';
import type { StatementCache } from '../statement-cache.ts';

const UNSENT = `SELECT s.delivery_line_id AS lineId, sum(s.change) AS received
  FROM operation_stock s CROSS JOIN operation o ON o.position = s.position
  WHERE s.delivery_line_id IN (SELECT value FROM json_each(:lineIds)) AND ${NOT_CONTAINED}
  GROUP BY s.delivery_line_id`;

/** What this laptop received for lines of deliveries that the site's replica does not contain, by line. */
export function unsentReceipts(
  work: StatementCache,
  lineIds: readonly string[],
  contained: ContainedPoint,
): Map<string, number> {
  const rows = work.all<{ lineId: string; received: number }>(UNSENT, {
    lineIds: JSON.stringify(lineIds),
    ...contained,
  });
  return new Map(rows.map(({ lineId, received }) => [lineId, received]));
}
