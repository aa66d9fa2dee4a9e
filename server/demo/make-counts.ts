import type { Site } from '../../shared/entities/site.ts';
import type { StockCount } from '../../shared/entities/stock-count.ts';

const ZONE = 'A';
const REPEAT_DAYS = 90;

/** One planned count for each site, of a zone, due today. */
export function makeCounts(
  sites: readonly Site[],
  today: number,
  newId: () => string,
): readonly StockCount[] {
  return sites.map(({ id, code }) => ({
    id: newId(),
    site_id: id,
    code: `COUNT-${code}-1`,
    stage: 0,
    blind: true,
    zone: ZONE,
    category_id: null,
    abc: null,
    not_since: null,
    due_at: today,
    repeat_days: REPEAT_DAYS,
    counters: '[]',
    created_by: null,
    approved_by: null,
    approved_at: null,
    note: null,
  }));
}
