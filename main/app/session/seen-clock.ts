export interface SeenClockPorts {
  /** UTC epoch milliseconds, as people set them. */
  wall: () => number;
  /** Milliseconds that pass however the clock is set. */
  steady: () => number;
}

/**
 * A clock that cannot be set back: the latest time ever seen here, and what has passed since by the steady clock. Whoever
 * sets the laptop's clock back gains nothing by it; whoever sets it forward loses time until the server is heard again.
 */
export class SeenClock {
  readonly #ports: SeenClockPorts;
  #seen: number;
  #steadyAt: number;

  constructor(ports: SeenClockPorts, seenAt: number) {
    this.#ports = ports;
    this.#seen = seenAt;
    this.#steadyAt = ports.steady();
  }

  now(): number {
    const steady = this.#ports.steady();
    this.#seen = Math.max(this.#ports.wall(), this.#seen + steady - this.#steadyAt);
    this.#steadyAt = steady;
    return this.#seen;
  }
}
