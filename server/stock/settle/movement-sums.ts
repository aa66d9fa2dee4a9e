import { type Kysely, type RawBuilder, sql } from 'kysely';
import { flavourOf } from '../../store/engine/flavour-of.ts';
import type { ServerDatabase } from '../../store/server-database.ts';
import { type GoodsAt, goodsText } from './count-goods.ts';

/**
 * `movementInstant` in SQL. What is taken back may itself take something back, and so on; a movement that a count posted ends
 * the chain.
 */
const INSTANT: RawBuilder<number> = sql`case
  when movement.reverses is null or movement.count_id is not null then movement.moved_at
  else (
    with recursive chain(depth, reverses, count_id, moved_at) as (
      select 0, movement.reverses, movement.count_id, movement.moved_at
      union all
      select depth + 1, earlier.reverses, earlier.count_id, earlier.moved_at
      from chain join stock_movement as earlier on earlier.id = chain.reverses
      where chain.count_id is null
    )
    select moved_at from chain order by depth desc limit 1
  )
end`;

/** When movements took place, by their ids. */
export async function instantsOf(
  db: Kysely<ServerDatabase>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; instant: number }>`
    select movement.id, ${INSTANT} as instant from stock_movement as movement
    where ${flavourOf(db).idAmong('movement.id', ids)}`.execute(db);
  return new Map(rows.map(({ id, instant }) => [id, instant]));
}

/** What movements after the instants have added to the goods, by `goodsText`; without an entry nothing. */
export async function movedAfter(
  db: Kysely<ServerDatabase>,
  goods: readonly GoodsAt[],
): Promise<ReadonlyMap<string, number>> {
  const given = flavourOf(db).givenRows(
    'wanted',
    ['place', 'product_id', 'location_id', 'lot', 'serial', 'instant'],
    goods.map(({ goods: one, instant }, place) => [
      place,
      one.product_id,
      one.location_id,
      one.lot,
      one.serial,
      instant,
    ]),
  );
  // A reversal is recorded after what it reverses, so none that counts is earlier than the instant by its own clock.
  const { rows } = await sql<{ place: number; moved: number }>`
    select wanted.place, sum(
      case when movement.to_location_id = wanted.location_id then movement.quantity else 0 end
      - case when movement.from_location_id = wanted.location_id then movement.quantity else 0 end
    ) as moved
    from ${given}
    join stock_movement as movement on movement.product_id = wanted.product_id
      and movement.moved_at > wanted.instant
    where movement.lot = wanted.lot and movement.serial = wanted.serial
      and wanted.location_id in (movement.to_location_id, movement.from_location_id)
      and ${INSTANT} > wanted.instant
    group by wanted.place`.execute(db);
  return new Map(
    rows.flatMap(({ place, moved }) => {
      const one = goods[place];
      return one === undefined ? [] : [[goodsText(one.goods), moved]];
    }),
  );
}
