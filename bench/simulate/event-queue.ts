import { assert } from '../../shared/domain/assert.ts';

/** Far above what a simulated day holds at a time. */
const EVENTS_MAX = 20_000_000;

export interface TimedEvent {
  /** Virtual time, UTC epoch milliseconds. */
  at: number;
  run: () => Promise<void>;
}

/** What is to happen, in the order of virtual time. A binary heap, so that millions of events cost little each. */
export class EventQueue {
  readonly #heap: TimedEvent[] = [];

  get size(): number {
    return this.#heap.length;
  }

  add(event: TimedEvent): void {
    assert(this.#heap.length < EVENTS_MAX, 'fewer events than memory holds');
    const heap = this.#heap;
    let place = heap.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || above.at <= event.at) break;
      heap[place] = above;
      heap[parent] = event;
      place = parent;
    }
  }

  /** The earliest. */
  take(): TimedEvent | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      const [a, b] = [heap[left], heap[right]];
      const isRight = b !== undefined && a !== undefined && b.at < a.at;
      const child = isRight ? b : a;
      if (child === undefined || child.at >= last.at) break;
      heap[place] = child;
      place = isRight ? right : left;
    }
    heap[place] = last;
    return first;
  }
}
