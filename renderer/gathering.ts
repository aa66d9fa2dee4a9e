/** A scanner is faster than the eye, and what a screen costs must not depend on it. */
const TAKEN_EVERY_MS = 100;

interface GatheringOptions<TItem> {
  take: (items: readonly TItem[]) => void;
  /** So many are taken without waiting on: timers of a page that nobody sees are slow. */
  max: number;
  setTimer: (ms: number, callback: () => void) => void;
}

/** Hands things on in their order: the first after a rest at once, those that follow it closely together. */
export class Gathering<TItem> {
  readonly #options: GatheringOptions<TItem>;
  #items: TItem[] = [];
  #isResting = true;

  constructor(options: GatheringOptions<TItem>) {
    this.#options = options;
  }

  add(item: TItem): void {
    this.#items.push(item);
    if (this.#isResting || this.#items.length >= this.#options.max) this.takeNow();
    if (this.#isResting) this.#wait();
  }

  takeNow(): void {
    const items = this.#items;
    this.#items = [];
    if (items.length > 0) this.#options.take(items);
  }

  #wait(): void {
    this.#isResting = false;
    this.#options.setTimer(TAKEN_EVERY_MS, () => {
      this.#isResting = this.#items.length === 0;
      if (this.#isResting) return;
      this.takeNow();
      this.#wait();
    });
  }
}
