/** Wrong passwords that cost nothing but themselves: people mistype. */
export const FREE_FAILURES = 4;
const FIRST_WAIT_MS = 1_000;
/** However often somebody fails: a growing wait stops guessing, and never keeps anybody out for good. */
export const WAIT_MAX_MS = 60_000;
/** Failures older than this are forgotten. */
const FORGET_MS = 60 * 60 * 1_000;

/** How long no password is looked at after so many wrong ones. */
export function waitAfter(failures: number, free = FREE_FAILURES): number {
  if (failures <= free) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - free - 1, 16), WAIT_MAX_MS);
}

interface Entry {
  failures: number;
  refusedUntil: number;
  lastAt: number;
}

export interface FailureBookOptions {
  now: () => number;
  /** The oldest are forgotten first. */
  entriesMax: number;
  free?: number | undefined;
}

/** Wrong passwords by whatever they are counted by, in the memory of this process. */
export class FailureBook {
  readonly #options: FailureBookOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: FailureBookOptions) {
    this.#options = options;
  }

  /** For how long; 0 if a password may be looked at. */
  refusedFor(key: string): number {
    return Math.max(0, (this.#entry(key)?.refusedUntil ?? 0) - this.#options.now());
  }

  /** Before the password is looked at, so that many at once cannot outrun the count. */
  count(key: string): void {
    const { now, free, entriesMax } = this.#options;
    const failures = (this.#entry(key)?.failures ?? 0) + 1;
    const at = now();
    this.#entries.delete(key);
    this.#entries.set(key, { failures, refusedUntil: at + waitAfter(failures, free), lastAt: at });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > entriesMax && oldest !== undefined) this.#entries.delete(oldest);
  }

  /** The password was right. */
  clear(key: string): void {
    this.#entries.delete(key);
  }

  /** It was right, and so says nothing against the others that are counted with it. */
  takeBack(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.failures -= 1;
    entry.refusedUntil = 0;
    if (entry.failures <= 0) this.#entries.delete(key);
  }

  #entry(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.lastAt + FORGET_MS > this.#options.now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }
}
