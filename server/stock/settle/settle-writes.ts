import type { ChangeTransaction } from '../../sync/change-transaction.ts';
import type { RowBook } from '../../sync/push/row-book.ts';
import type { CountGoods, GoodsAt } from './count-goods.ts';
import { countsAfter } from './counts-after.ts';
import { knownGoodsAt, observedGoods, SETTLE_ROWS_MAX } from './goods-of-count.ts';
import { instantsOf } from './movement-sums.ts';
import { GoodsSettler } from './settle-goods.ts';
import { movedGoods, type SettleTriggers, settleTriggers } from './settle-triggers.ts';

/**
 * What follows for approved counts from what operations wrote, in the same transaction: a count that was approved is posted,
 * and one that was approved before is held right whatever is heard of later. `book` has been written.
 */
export async function settleWrites(
  tx: ChangeTransaction,
  book: RowBook,
  newId: () => string,
): Promise<void> {
  const triggers = await settleTriggers(book);
  const { counts, places, goods, movements } = triggers;
  const moved = await movedAt(tx, movements);
  const late = await countsAfter(tx.db, moved);
  if (counts.length + places.length + goods.length + late.length === 0) return;
  const settler = new GoodsSettler(tx, newId);
  const single = [...new Map([...goods, ...late].map((one) => [one.lineId, one])).values()];
  for (let at = 0; at < single.length; at += SETTLE_ROWS_MAX) {
    await settler.settle(single.slice(at, at + SETTLE_ROWS_MAX));
  }
  for await (const step of wholeGoods(tx, triggers)) await settler.settle(step);
}

async function* wholeGoods(
  { db }: ChangeTransaction,
  { counts, places }: SettleTriggers,
): AsyncGenerator<CountGoods[]> {
  for (const countId of counts) {
    yield* observedGoods(db, countId);
    const done = await db
      .selectFrom('count_place')
      .select('location_id')
      .where('count_id', '=', countId)
      .where('done_at', 'is not', null)
      .execute();
    for (const { location_id: locationId } of done) {
      yield* knownGoodsAt(db, { countId, locationId, only: 'unseen' });
    }
  }
  for (const place of places) {
    if (!counts.includes(place.countId)) yield* knownGoodsAt(db, { ...place, only: 'all' });
  }
}

async function movedAt(
  tx: ChangeTransaction,
  movements: SettleTriggers['movements'],
): Promise<GoodsAt[]> {
  const reversals = movements.flatMap(({ id, reverses }) => (reverses === null ? [] : [id]));
  const instants = await instantsOf(tx.db, reversals);
  return movements.flatMap((movement) => {
    const instant = instants.get(movement.id) ?? movement.moved_at;
    return movedGoods(movement).map((goods) => ({ goods, instant }));
  });
}
