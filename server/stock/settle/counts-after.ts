import { type Kysely, sql } from 'kysely';
import { COUNT_STAGES } from '../../../shared/entities/stock-count.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { flavourOf } from '../../store/engine/flavour-of.ts';
import type { ServerDatabase } from '../../store/server-database.ts';
import { type CountGoods, countGoods, goodsOf, type GoodsAt } from './count-goods.ts';

/**
 * What approved counts have said about these goods at or after these instants, be it by a line or by a place that was counted
 * to the end. Whatever took place before that changes what the counts were compared with.
 */
export async function countsAfter(
  db: Kysely<ServerDatabase>,
  moved: readonly GoodsAt[],
): Promise<CountGoods[]> {
  if (moved.length === 0) return [];
  const given = flavourOf(db).givenRows(
    'moved',
    ['product_id', 'location_id', 'lot', 'serial', 'instant'],
    moved.map(({ goods, instant }) => [
      goods.product_id,
      goods.location_id,
      goods.lot,
      goods.serial,
      instant,
    ]),
  );
  const goods = sql`moved.product_id, moved.location_id, moved.lot, moved.serial`;
  const lines = await sql<StoredRow>`
    select line.count_id, ${goods} from ${given}
    join count_line as line on line.product_id = moved.product_id
      and line.location_id = moved.location_id
      and line.lot = moved.lot and line.serial = moved.serial
      and line.seen_at >= moved.instant`.execute(db);
  // The plus keeps the database from walking all counts that were ever approved.
  const places = await sql<StoredRow>`
    select place.count_id, ${goods} from ${given}
    join count_place as place on place.location_id = moved.location_id
      and place.done_at >= moved.instant
    join stock_count as counted on counted.id = place.count_id
      and +counted.stage = ${COUNT_STAGES.approved}`.execute(db);
  const found = [...lines.rows, ...places.rows].map((row) =>
    countGoods(String(row['count_id']), goodsOf(row)),
  );
  return [...new Map(found.map((one) => [one.lineId, one])).values()];
}
