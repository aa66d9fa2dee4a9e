import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  HISTORY_COUNTS,
  HISTORY_PRODUCTS,
  historyCountId,
  historyGoods,
  makeHistory,
  type CountHistory,
  type Told,
} from '../../tests/support/count-history.ts';
import type { CountObservation } from '../entities/count-observation.ts';
import type { StockMovement } from '../entities/stock-movement.ts';
import { countPlaceId } from './count-ids.ts';
import { movementEffects } from './movement-effects.ts';
import {
  type Counted,
  countedOf,
  movementInstant,
  type Posted,
  settleLine,
  type Sight,
} from './settle-line.ts';

interface Word {
  count: number;
  posted: Posted | null;
  said: Counted | null;
}

function instantOf({ posted, said }: Word): number {
  return said?.seenAt ?? posted?.seenAt ?? 0;
}

/** A ledger that settles everything after every arrival. */
class Ledger {
  readonly #begun: readonly number[];
  readonly #movements = new Map<string, StockMovement>();
  readonly #sights = new Map<string, CountObservation>();
  readonly #done = new Map<string, number>();
  readonly #approved = new Set<number>();
  readonly #posted = new Map<string, Posted | null>();
  #posts = 0;

  constructor(begun: readonly number[]) {
    this.#begun = begun;
  }

  hear(told: Told | number): void {
    if (typeof told === 'number') this.#approved.add(told);
    else if (told.entity === 'stock_movement') this.#movements.set(told.row.id, told.row);
    else if (told.entity === 'count_observation') this.#sights.set(told.row.id, told.row);
    else this.#done.set(told.row.id, told.row.done_at ?? 0);
    this.settle();
  }

  settle(): number {
    const before = this.#posts;
    for (let goods = 0; goods < this.#begun.length; goods++) {
      const words = [...this.#approved].map((count) => {
        const said = countedOf(this.#evidence(count, goods));
        const posted = this.#posted.get(`${count} ${goods}`) ?? null;
        return { count, posted, said: said === 'recount' ? null : said };
      });
      for (const word of words.toSorted((a, b) => instantOf(a) - instantOf(b))) {
        this.#settleWord(goods, word);
      }
    }
    return this.#posts - before;
  }

  level(goods: number): number {
    return (this.#begun[goods] ?? 0) + this.#sum(goods, Number.NEGATIVE_INFINITY);
  }

  #evidence(count: number, goods: number) {
    const { product_id, location_id } = historyGoods(goods);
    const sights: Sight[] = [...this.#sights.values()].filter(
      (row) =>
        row.count_id === historyCountId(count) &&
        row.product_id === product_id &&
        row.location_id === location_id,
    );
    const doneAt = this.#done.get(countPlaceId(historyCountId(count), location_id)) ?? null;
    return { sights, round: 1, doneAt };
  }

  #sum(goods: number, after: number): number {
    const { product_id, location_id } = historyGoods(goods);
    return [...this.#movements.values()]
      .filter((one) => one.product_id === product_id && this.#instant(one) > after)
      .flatMap((one) => movementEffects(one))
      .reduce((sum, one) => sum + (one.locationId === location_id ? one.change : 0), 0);
  }

  #instant(movement: StockMovement): number {
    return movementInstant(movement, this.#movements.get(movement.reverses ?? '') ?? null);
  }

  #settleWord(goods: number, { count, posted, said }: Word): void {
    const later = this.#sum(goods, said?.seenAt ?? 0);
    const settled = settleLine(said, { posted, level: this.level(goods), later });
    for (const posting of settled.postings) this.#post(goods, count, posting);
    this.#posted.set(`${count} ${goods}`, settled.posted);
  }

  #post(goods: number, count: number, posting: { quantity: number; instant: number }): void {
    const { product_id, location_id } = historyGoods(goods);
    this.#posts += 1;
    const id = `post ${this.#posts}`;
    this.#movements.set(id, {
      id,
      site_id: '',
      kind: 'adjust',
      product_id,
      from_location_id: null,
      to_location_id: location_id,
      quantity: posting.quantity,
      reason: null,
      reverses: null,
      moved_at: posting.instant,
      lot: '',
      serial: '',
      expires_on: null,
      cause: null,
      person_id: null,
      delivery_line_id: null,
      count_id: historyCountId(count),
    });
  }
}

function heard({ begun, arrivals }: CountHistory): Ledger {
  const ledger = new Ledger(begun);
  for (const told of arrivals) ledger.hear(told);
  return ledger;
}

function levelsOf(ledger: Ledger, { begun }: CountHistory): number[] {
  return begun.map((_, goods) => ledger.level(goods));
}

const RUNS = 1_500;

describe('settling', () => {
  it('R10, S13: the ledger comes to what truly lay there, whatever moved when and in whatever order it is heard of', () => {
    fc.assert(
      fc.property(fc.gen(), (generate) => {
        const history = makeHistory((limit) => generate(fc.nat, Math.max(0, limit - 1)));
        expect(levelsOf(heard(history), history)).toEqual(history.expected);
      }),
      { numRuns: RUNS },
    );
  });

  it('S14, R11: settling again finds nothing to do', () => {
    fc.assert(
      fc.property(fc.gen(), (generate) => {
        const history = makeHistory((limit) => generate(fc.nat, Math.max(0, limit - 1)));
        expect(heard(history).settle()).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('histories have counts of places at which goods moved before and after', () => {
    let counted = 0;
    fc.assert(
      fc.property(fc.gen(), (generate) => {
        const { arrivals } = makeHistory((limit) => generate(fc.nat, Math.max(0, limit - 1)));
        counted += arrivals.filter((one) => typeof one === 'number').length;
      }),
      { numRuns: 100, seed: 1 },
    );
    expect(counted).toBeGreaterThan(HISTORY_COUNTS * HISTORY_PRODUCTS * 5);
  });
});

describe('what a count says', () => {
  const sight = { id: 'a', round: 1, quantity: 3, seen_at: 10, reverses: null };

  it('S15: is the sum of what several people saw, at the instant of the last of them', () => {
    const sights = [sight, { ...sight, id: 'b', quantity: 4, seen_at: 30 }];
    expect(countedOf({ sights, round: 1, doneAt: 40 })).toEqual({ counted: 7, seenAt: 30 });
  });

  it('F10: is what was seen in the newest round, and nothing until somebody has seen it', () => {
    expect(countedOf({ sights: [sight], round: 2, doneAt: 40 })).toBe('recount');
    const again = { ...sight, id: 'b', round: 2, quantity: 2, seen_at: 50 };
    expect(countedOf({ sights: [sight, again], round: 2, doneAt: 40 })).toEqual({
      counted: 2,
      seenAt: 50,
    });
  });

  it('forgets what was taken back, even twice', () => {
    const back = { ...sight, quantity: -3, reverses: 'a' };
    const sights = [sight, { ...back, id: 'b' }, { ...back, id: 'c' }];
    expect(countedOf({ sights, round: 1, doneAt: null })).toBeNull();
    expect(countedOf({ sights, round: 1, doneAt: 40 })).toEqual({ counted: 0, seenAt: 40 });
  });

  it('is nothing of goods that nobody saw before the place was counted to the end', () => {
    expect(countedOf({ sights: [], round: 1, doneAt: null })).toBeNull();
    const zero = { ...sight, quantity: 0 };
    expect(countedOf({ sights: [zero], round: 1, doneAt: null })).toEqual({
      counted: 0,
      seenAt: 10,
    });
  });
});
