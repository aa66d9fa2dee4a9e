/** After the last key. A scan into the field is over by then, and what it typed was taken out again. */
const QUIET_MS = 150;
/** After the first key, however long the typing goes on … */
const LATEST_MS = 180;
/** … unless keys come as fast as only a scanner's do: they are about to be taken out again. */
const BURST_MS = 60;

/** Says when what is being typed is stored: within a quarter of a second of every key. */
export class TypingClock {
  readonly #now: () => number;
  readonly #onDue: () => void;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #latest: ReturnType<typeof setTimeout> | undefined;
  #lastKeyAt = 0;

  constructor(now: () => number, onDue: () => void) {
    this.#now = now;
    this.#onDue = onDue;
  }

  key(): void {
    this.#lastKeyAt = this.#now();
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(this.#onDue, QUIET_MS);
    this.#latest ??= setTimeout(this.#onLatest, LATEST_MS);
  }

  stop(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#latest);
    this.#latest = undefined;
  }

  readonly #onLatest = (): void => {
    if (this.#now() - this.#lastKeyAt >= BURST_MS) this.#onDue();
    else this.#latest = setTimeout(this.#onLatest, BURST_MS);
  };
}
