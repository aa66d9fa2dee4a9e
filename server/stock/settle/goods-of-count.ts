import { type Kysely, sql } from 'kysely';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { ServerDatabase } from '../../store/server-database.ts';
import { type CountGoods, countGoods, goodsOf } from './count-goods.ts';

/** Of one step of settling. The memory that settling takes follows from it, not from how much was counted. */
export const SETTLE_ROWS_MAX = 250;

/** All goods that somebody saw in a count, in steps. */
export async function* observedGoods(
  db: Kysely<ServerDatabase>,
  countId: string,
): AsyncGenerator<CountGoods[]> {
  for (let last: CountGoods | undefined, whole = true; whole;) {
    const { location_id = '', product_id = '', lot = '', serial = '' } = last?.goods ?? {};
    const { rows } = await sql<StoredRow>`
      select distinct location_id, product_id, lot, serial from count_observation
      where count_id = ${countId}
        and (location_id, product_id, lot, serial) > (${location_id}, ${product_id}, ${lot}, ${serial})
      order by location_id, product_id, lot, serial
      limit ${SETTLE_ROWS_MAX}`.execute(db);
    const step = rows.map((row) => countGoods(countId, goodsOf(row)));
    yield step;
    last = step.at(-1);
    whole = step.length === SETTLE_ROWS_MAX;
  }
}

/** All goods that the ledger knows at a place, or those of them that nobody has said anything about, in steps. */
export async function* knownGoodsAt(
  db: Kysely<ServerDatabase>,
  { countId, locationId, only }: { countId: string; locationId: string; only: 'all' | 'unseen' },
): AsyncGenerator<CountGoods[]> {
  for (let last = '', whole = true; whole;) {
    const rows = await db
      .selectFrom('stock_level')
      .select(['id', 'product_id', 'location_id', 'lot', 'serial'])
      .where('location_id', '=', locationId)
      .where('stock_level.id', '>', last)
      .$if(only === 'unseen', (levels) =>
        levels.where((level) => {
          const sights = level
            .selectFrom('count_observation as sight')
            .select('sight.id')
            .where('sight.count_id', '=', countId)
            .whereRef('sight.location_id', '=', 'stock_level.location_id')
            .whereRef('sight.product_id', '=', 'stock_level.product_id')
            .whereRef('sight.lot', '=', 'stock_level.lot')
            .whereRef('sight.serial', '=', 'stock_level.serial');
          return level.not(level.exists(sights));
        }),
      )
      .orderBy('id')
      .limit(SETTLE_ROWS_MAX)
      .execute();
    yield rows.map((row) => countGoods(countId, goodsOf(row)));
    last = rows.at(-1)?.id ?? '';
    whole = rows.length === SETTLE_ROWS_MAX;
  }
}
