import { movementEffects } from '../../../shared/domain/movement-effects.ts';
import { COUNT_STAGES } from '../../../shared/entities/stock-count.ts';
import type { StockMovement } from '../../../shared/entities/stock-movement.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { EntityName } from '../../../shared/entities/registry.ts';
import type { RowBook } from '../../sync/push/row-book.ts';
import { type CountGoods, countGoods, goodsOf } from './count-goods.ts';

/** What of the things that were written may make goods to be settled. */
export interface SettleTriggers {
  /** Counts that were approved. */
  counts: readonly string[];
  /** Places that were counted to the end. */
  places: readonly { countId: string; locationId: string }[];
  /** Goods that somebody saw, or asked to have counted anew. */
  goods: readonly CountGoods[];
  movements: readonly StockMovement[];
}

export async function settleTriggers(book: RowBook): Promise<SettleTriggers> {
  const counts: string[] = [];
  const places: { countId: string; locationId: string }[] = [];
  const goods: CountGoods[] = [];
  const movements: StockMovement[] = [];
  for (const [entity, writes] of book.writes()) {
    for (const { id, before, row } of writes) {
      if (row === null) continue;
      if (entity === 'stock_movement' && before === null) {
        movements.push(row as unknown as StockMovement);
      } else if (entity === 'stock_count' && isApproved(row) && !isApproved(before)) {
        counts.push(id);
      } else if (isWord(entity, before, row)) {
        const countId = String(row['count_id']);
        if (!isApproved(await book.get('stock_count', countId))) continue;
        if (entity === 'count_place') {
          places.push({ countId, locationId: String(row['location_id']) });
        } else goods.push(countGoods(countId, goodsOf(row)));
      }
    }
  }
  return { counts, places, goods, movements };
}

/** Whether a count says something else with it than before. */
function isWord(entity: EntityName, before: StoredRow | null, row: StoredRow): boolean {
  switch (entity) {
    case 'count_observation':
      return before === null;
    case 'count_place':
      return row['done_at'] !== (before?.['done_at'] ?? null);
    case 'count_line':
      return row['round'] !== before?.['round'];
    default:
      return false;
  }
}

/** The goods of a movement, at each place where it changed how many there are. */
export function movedGoods(movement: StockMovement): ReturnType<typeof goodsOf>[] {
  const { product_id, lot, serial } = movement;
  return movementEffects(movement).map(({ locationId }) => ({
    product_id,
    location_id: locationId,
    lot,
    serial,
  }));
}

function isApproved(row: StoredRow | null): boolean {
  return row?.['stage'] === COUNT_STAGES.approved;
}
