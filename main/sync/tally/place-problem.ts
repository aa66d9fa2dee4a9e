import type { TallyProblem } from '../../../shared/desktop/tally-views.ts';
import type { Location } from '../../../shared/entities/location.ts';
import type { GoodsReads } from '../../store/tally/goods-reads.ts';
import type { TallyRow } from '../../store/tally/tally-rows.ts';

/** Why the work of a tally cannot go on at a place; null if it can. */
export function placeProblem(
  tally: TallyRow,
  place: Location,
  goods: GoodsReads,
): TallyProblem | null {
  if (tally.kind !== 'count') return place.blocked ? 'placeBlocked' : null;
  // A place is often blocked because it is counted.
  const plan = tally.subjectId === null ? null : goods.stockCount(tally.siteId, tally.subjectId);
  const isElsewhere = plan !== null && plan.zone !== null && plan.zone !== place.zone;
  return isElsewhere ? 'placeNotPlanned' : null;
}

/** Goods that are moved come from the first place that is scanned, and go to the next one after they were scanned. */
export function roleOfPlace(tally: TallyRow, locationId: string): 'at' | 'to' {
  const isOnTheWay = tally.kind === 'move' && tally.locationId !== null && tally.lines > 0;
  return isOnTheWay && locationId !== tally.locationId ? 'to' : 'at';
}
