import { countPlaceId } from '../../../shared/domain/count-ids.ts';
import {
  type Counted,
  countedOf,
  type Posted,
  settleLine,
  type Settlement,
  type Sight,
} from '../../../shared/domain/settle-line.ts';
import { type CountLine, countLine } from '../../../shared/entities/count-line.ts';
import type { StoredRow, StoredValue } from '../../../shared/entities/define-entity.ts';
import { COUNT_STAGES, type StockCount } from '../../../shared/entities/stock-count.ts';
import { LEVEL_KEY } from '../../../shared/entities/stock-level.ts';
import { stockMovement } from '../../../shared/entities/stock-movement.ts';
import type { ChangeTransaction } from '../../sync/change-transaction.ts';
import { validRow } from '../../sync/push/check-row.ts';
import { OperationRefused } from '../../sync/push/operation-refused.ts';
import { RowBook, type RowSearch } from '../../sync/push/row-book.ts';
import { RowDraft } from '../../sync/push/row-draft.ts';
import { writeRows } from '../../sync/push/write-rows.ts';
import { applyMovement } from '../movement-levels.ts';
import { type CountGoods, goodsText } from './count-goods.ts';
import { CountPlan } from './count-plan.ts';
import { countsAfter } from './counts-after.ts';
import { movedAfter } from './movement-sums.ts';

/** What a count says about some goods. */
interface Word extends CountGoods {
  count: StockCount;
  /** Null: what it said before was taken back. */
  said: Counted | null;
  posted: Posted | null;
  /** Of what it says, or else of what it said. */
  instant: number;
  /** The earliest day that somebody read on them. */
  expiresOn: number | null;
}

/** Settles goods of approved counts within one transaction, as many at a time as its caller gives. */
export class GoodsSettler {
  readonly #tx: ChangeTransaction;
  readonly #newId: () => string;
  readonly #plans = new Map<string, CountPlan>();

  constructor(tx: ChangeTransaction, newId: () => string) {
    this.#tx = tx;
    this.#newId = newId;
  }

  /** Goods of counts that are not approved are passed over. */
  async settle(asked: readonly CountGoods[]): Promise<void> {
    const words = await this.#words(asked);
    if (words.length === 0) return;
    const known = new Set(asked.map(({ lineId }) => lineId));
    // What is posted now took place before what these counts said.
    const moved = words.map(({ goods, instant, posted }) => ({
      goods,
      instant: Math.min(instant, posted?.seenAt ?? instant),
    }));
    const later = await countsAfter(this.#tx.db, moved);
    words.push(...(await this.#words(later.filter(({ lineId }) => !known.has(lineId)))));
    for (const wave of inWaves(words)) await this.#post(wave);
  }

  async #words(asked: readonly CountGoods[]): Promise<Word[]> {
    const book = new RowBook(this.#tx);
    await book.load(
      'stock_count',
      asked.map(({ countId }) => countId),
    );
    await book.load(
      'count_line',
      asked.map(({ lineId }) => lineId),
    );
    await book.load(
      'product',
      asked.map(({ goods }) => goods.product_id),
    );
    await book.load('count_place', asked.map(placeIdOf));
    await book.loadFound(asked.map(sightSearch));
    const draft = new RowDraft(book);
    const words: Word[] = [];
    for (const one of asked) {
      const count = (await draft.get('stock_count', one.countId)) as unknown as StockCount | null;
      if (count?.stage !== COUNT_STAGES.approved) continue;
      const word = await this.#word(draft, one, count);
      if (word !== null) words.push(word);
    }
    return words;
  }

  async #word(draft: RowDraft, one: CountGoods, count: StockCount): Promise<Word | null> {
    const rows = await draft.find(sightSearch(one));
    const sights = rows as unknown as (Sight & { expires_on: number | null })[];
    const line = (await draft.get('count_line', one.lineId)) as unknown as CountLine | null;
    const doneAt = await this.#doneAt(draft, one, count);
    const said = countedOf({ sights, round: line?.round ?? 1, doneAt });
    if (said === 'recount') return null;
    const posted = postedOf(line);
    const instant = said?.seenAt ?? posted?.seenAt;
    if (instant === undefined) return null;
    return { ...one, count, said, posted, instant, expiresOn: earliestOf(sights) };
  }

  async #doneAt(draft: RowDraft, one: CountGoods, count: StockCount): Promise<number | null> {
    const place = await draft.get('count_place', placeIdOf(one));
    if (place === null || typeof place['done_at'] !== 'number') return null;
    const product = await draft.get('product', one.goods.product_id);
    if (product === null) return null;
    let plan = this.#plans.get(count.id);
    if (plan === undefined) {
      plan = await CountPlan.read(this.#tx.db, count);
      this.#plans.set(count.id, plan);
    }
    const { category_id, abc } = product as { category_id: string | null; abc: string | null };
    return plan.includes({ category_id, abc }) ? place['done_at'] : null;
  }

  async #post(wave: readonly Word[]): Promise<void> {
    const book = new RowBook(this.#tx);
    await book.load(
      'count_line',
      wave.map(({ lineId }) => lineId),
    );
    await book.loadFound(wave.map(levelSearch));
    const later = await movedAfter(this.#tx.db, wave);
    for (const word of wave) {
      const draft = new RowDraft(book);
      try {
        await this.#postLine(draft, word, later.get(goodsText(word.goods)) ?? 0);
      } catch (error) {
        // A number too great for a ledger: the line stays unposted, and whoever looks at the count is shown why.
        if (error instanceof OperationRefused) continue;
        throw error;
      }
      for (const { entity, id, row } of draft.changes()) book.stage(entity, id, row);
    }
    await writeRows(this.#tx, book);
  }

  async #postLine(draft: RowDraft, word: Word, later: number): Promise<void> {
    const { lineId, count, goods } = word;
    const line = await draft.get('count_line', lineId);
    const [level] = await draft.find(levelSearch(word));
    const { postings, posted } = settleLine(word.said, {
      posted: word.posted,
      level: Number(level?.['quantity'] ?? 0),
      later,
    });
    // Nothing was known of them there, nobody saw them, and so it is.
    if (line === null && posted?.counted === 0 && posted.book === 0) return;
    for (const posting of postings) {
      const movement = this.#movement(word, posting, line?.['cause'] ?? null);
      draft.put('stock_movement', String(movement['id']), movement);
      await applyMovement(draft, movement, this.#newId);
    }
    const begun = { ...goods, id: lineId, site_id: count.site_id, count_id: count.id };
    const { counted = null, book = null, seenAt = null } = posted ?? {};
    const row = { ...begun, ...line, counted, book, seen_at: seenAt };
    draft.put('count_line', lineId, validRow(countLine, row));
  }

  #movement(word: Word, posting: Settlement['postings'][number], cause: StoredValue): StoredRow {
    const { location_id, ...which } = word.goods;
    return validRow(stockMovement, {
      ...which,
      id: this.#newId(),
      site_id: word.count.site_id,
      kind: 'adjust',
      from_location_id: null,
      to_location_id: location_id,
      quantity: posting.quantity,
      reason: null,
      reverses: null,
      moved_at: posting.instant,
      expires_on: word.expiresOn,
      cause,
      person_id: word.count.approved_by,
      delivery_line_id: null,
      count_id: word.count.id,
    });
  }
}

function postedOf(line: CountLine | null): Posted | null {
  if (line === null) return null;
  const { counted, book, seen_at: seenAt } = line;
  return counted === null || book === null || seenAt === null ? null : { counted, book, seenAt };
}

/**
 * One after the other where several counts have spoken about the same goods, the earliest first: what is posted for it changes
 * what the next one is compared with. Of two at the same instant one word stands, always the same.
 */
function inWaves(all: readonly Word[]): Word[][] {
  const waves: Word[][] = [];
  for (const alike of Map.groupBy(all, ({ goods }) => goodsText(goods)).values()) {
    const ordered = alike.toSorted(
      (a, b) => a.instant - b.instant || (a.lineId < b.lineId ? -1 : 1),
    );
    ordered
      .filter(({ instant }, at) => ordered[at + 1]?.instant !== instant)
      .forEach((one, at) => (waves[at] ??= []).push(one));
  }
  return waves;
}

function placeIdOf({ countId, goods }: CountGoods): string {
  return countPlaceId(countId, goods.location_id);
}

function sightSearch({ countId, goods }: CountGoods): RowSearch {
  const { location_id, product_id, lot, serial } = goods;
  return {
    entity: 'count_observation',
    columns: ['count_id', 'location_id', 'product_id', 'lot', 'serial'],
    values: [countId, location_id, product_id, lot, serial],
  };
}

function levelSearch({ goods }: CountGoods): RowSearch {
  return { entity: 'stock_level', columns: LEVEL_KEY, values: LEVEL_KEY.map((key) => goods[key]) };
}

function earliestOf(sights: readonly { expires_on: number | null }[]): number | null {
  const days = sights.flatMap(({ expires_on: day }) => (day === null ? [] : [day]));
  return days.length === 0 ? null : days.reduce((a, b) => Math.min(a, b));
}
