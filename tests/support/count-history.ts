import type { CountObservation } from '../../shared/entities/count-observation.ts';
import type { CountPlace } from '../../shared/entities/count-place.ts';
import type { StockMovement } from '../../shared/entities/stock-movement.ts';
import { countPlaceId } from '../../shared/domain/count-ids.ts';
import { idOf, movementRow } from './server-rows.ts';

/** A number from 0 to below `limit`. */
export type Choose = (limit: number) => number;

/** What one device tells, in the order in which it does. */
export type Told =
  | { entity: 'stock_movement'; row: StockMovement }
  | { entity: 'count_observation'; row: CountObservation }
  | { entity: 'count_place'; row: CountPlace };

export interface CountHistory {
  /** What the ledger held in the beginning, by place and product. */
  begun: readonly number[];
  /** What it has to come to when all was heard of. */
  expected: readonly number[];
  /** In the order in which the server hears of it. A number: that count is approved now. */
  arrivals: readonly (Told | number)[];
}

const HISTORY_PLACES = 2;
export const HISTORY_PRODUCTS = 2;
export const HISTORY_COUNTS = 2;
const DEVICES = 3;
/** Between two events, by a true clock. */
const STEP_MS = 10_000;
/** Of a laptop's clock at most; two of them stay in order. */
const CLOCK_ERROR_MS = 4_000;
const STEPS_MAX = 14;

const GOODS = HISTORY_PLACES * HISTORY_PRODUCTS;

export function historyCountId(count: number): string {
  return idOf(900 + count);
}

/** Place and product of the goods with this number. */
export function historyGoods(goods: number): { location_id: string; product_id: string } {
  return {
    location_id: idOf(Math.trunc(goods / HISTORY_PRODUCTS)),
    product_id: idOf(goods % HISTORY_PRODUCTS),
  };
}

/** The end of true events, told by devices whose clocks are wrong, in any order that the network makes of it. */
export function makeHistory(choose: Choose): CountHistory {
  return new History(choose).play();
}

class History {
  readonly #choose: Choose;
  readonly #clocks: readonly number[];
  readonly #queues: Told[][] = Array.from({ length: DEVICES }, () => []);
  /** What truly lies there. */
  readonly #truth: number[];
  /** What the ledger has to come to. */
  readonly #ledger: number[];
  readonly #begun: readonly number[];
  /** What was entered but never happened, until it is taken back. */
  readonly #mistakes: { movement: StockMovement; device: number }[] = [];
  #rows = 100;
  #now = 1_000_000;

  constructor(choose: Choose) {
    this.#choose = choose;
    this.#clocks = this.#queues.map(() => choose(2 * CLOCK_ERROR_MS) - CLOCK_ERROR_MS);
    this.#begun = Array.from({ length: GOODS }, () => choose(20));
    this.#truth = Array.from({ length: GOODS }, () => choose(20));
    this.#ledger = [...this.#begun];
  }

  play(): CountHistory {
    let counts = 0;
    for (let steps = 3 + this.#choose(STEPS_MAX); steps > 0; steps--) {
      this.#now += STEP_MS;
      const kind = this.#choose(7);
      if (kind < 3) this.#move();
      else if (kind === 3) this.#lose();
      else if (kind === 4) this.#mistake();
      else if (kind === 5) this.#takeBack();
      else if (counts < HISTORY_COUNTS) this.#count(counts++, this.#choose(HISTORY_PLACES));
    }
    while (this.#mistakes.length > 0) {
      this.#now += STEP_MS;
      this.#takeBack();
    }
    return { begun: this.#begun, expected: this.#ledger, arrivals: this.#arrive(counts) };
  }

  #move(): void {
    const goods = this.#choose(GOODS);
    const most = this.#truth[goods] ?? 0;
    const { location_id, product_id } = historyGoods(goods);
    const device = this.#choose(DEVICES);
    const kind = this.#choose(3);
    if (kind === 0 || most === 0) {
      const quantity = 1 + this.#choose(9);
      this.#tell(device, { kind: 'receive', product_id, to_location_id: location_id, quantity });
      this.#add(goods, quantity);
      return;
    }
    const quantity = 1 + this.#choose(most);
    const other = (goods + HISTORY_PRODUCTS) % GOODS;
    const to = kind === 1 ? null : historyGoods(other).location_id;
    this.#tell(device, {
      kind: kind === 1 ? 'issue' : 'move',
      product_id,
      from_location_id: location_id,
      to_location_id: to,
      quantity,
    });
    this.#add(goods, -quantity);
    if (to !== null) this.#add(other, quantity);
  }

  /** Nobody enters it. */
  #lose(): void {
    const goods = this.#choose(GOODS);
    this.#truth[goods] = this.#choose(1 + (this.#truth[goods] ?? 0));
  }

  #mistake(): void {
    const { location_id, product_id } = historyGoods(this.#choose(GOODS));
    const device = this.#choose(DEVICES);
    const movement = this.#tell(device, {
      kind: 'receive',
      product_id,
      to_location_id: location_id,
      quantity: 1 + this.#choose(9),
    });
    this.#mistakes.push({ movement, device });
  }

  /** By the device that made it, so that the server hears of both in this order. */
  #takeBack(): void {
    const mistake = this.#mistakes.splice(this.#choose(this.#mistakes.length), 1)[0];
    if (mistake === undefined) return;
    const { movement, device } = mistake;
    this.#tell(device, { ...movement, quantity: -movement.quantity, reverses: movement.id });
  }

  /** Two people see a place as it is and tell what each of them saw; what is not there they cannot see. */
  #count(count: number, place: number): void {
    const first = this.#choose(DEVICES);
    const second = this.#choose(DEVICES);
    for (let product = 0; product < HISTORY_PRODUCTS; product++) {
      const goods = place * HISTORY_PRODUCTS + product;
      const there = this.#truth[goods] ?? 0;
      this.#ledger[goods] = there;
      const seen = this.#choose(there + 1);
      if (seen > 0) this.#see(count, goods, { device: first, quantity: seen });
      if (there > seen) this.#see(count, goods, { device: second, quantity: there - seen });
    }
    const countId = historyCountId(count);
    const location_id = idOf(place);
    this.#queues[second]?.push({
      entity: 'count_place',
      row: {
        id: countPlaceId(countId, location_id),
        site_id: idOf(0),
        count_id: countId,
        location_id,
        person_id: null,
        done_at: this.#clock(second),
      },
    });
  }

  /** Now and then somebody sees wrongly, takes it back and looks again. */
  #see(
    count: number,
    goods: number,
    { device, quantity }: { device: number; quantity: number },
  ): void {
    const row = this.#observation(count, goods, { device, quantity });
    if (this.#choose(5) === 0) {
      const wrong = { ...row, id: this.#newId(), quantity: quantity + 3 };
      const back = { ...wrong, id: this.#newId(), quantity: -wrong.quantity, reverses: wrong.id };
      for (const one of [wrong, back]) {
        this.#queues[device]?.push({ entity: 'count_observation', row: one });
      }
    }
    this.#queues[device]?.push({ entity: 'count_observation', row });
  }

  #observation(
    count: number,
    goods: number,
    { device, quantity }: { device: number; quantity: number },
  ): CountObservation {
    return {
      id: this.#newId(),
      site_id: idOf(0),
      count_id: historyCountId(count),
      ...historyGoods(goods),
      lot: '',
      serial: '',
      expires_on: null,
      round: 1,
      quantity,
      seen_at: this.#clock(device),
      person_id: idOf(700 + device),
      note: null,
      reverses: null,
    };
  }

  #tell(device: number, change: Partial<StockMovement>): StockMovement {
    const row = {
      ...movementRow(0, { to_location_id: null, ...change }),
      id: this.#newId(),
      moved_at: this.#clock(device),
    };
    this.#queues[device]?.push({ entity: 'stock_movement', row });
    return row;
  }

  #add(goods: number, change: number): void {
    this.#truth[goods] = (this.#truth[goods] ?? 0) + change;
    this.#ledger[goods] = (this.#ledger[goods] ?? 0) + change;
  }

  #clock(device: number): number {
    return this.#now + (this.#clocks[device] ?? 0);
  }

  #newId(): string {
    return idOf((this.#rows += 1));
  }

  /** What one device tells keeps its order; now and then it tells something twice. */
  #arrive(counts: number): (Told | number)[] {
    const arrivals: (Told | number)[] = [];
    const open: (Told | number)[][] = [...this.#queues];
    for (let count = 0; count < counts; count++) open.push([count]);
    for (let left = open; left.length > 0; left = left.filter((queue) => queue.length > 0)) {
      const next = left[this.#choose(left.length)]?.shift();
      if (next === undefined) continue;
      arrivals.push(next);
      if (this.#choose(8) === 0) arrivals.push(next);
    }
    return arrivals;
  }
}
