/** Adds up the time of the pieces of work that count, and leaves out what lies between them. */
export class Stopwatch {
  #ms = 0;

  run<T>(work: () => T): T {
    const startedAt = performance.now();
    try {
      return work();
    } finally {
      this.#ms += performance.now() - startedAt;
    }
  }

  get seconds(): number {
    return this.#ms / 1_000;
  }
}

export function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
