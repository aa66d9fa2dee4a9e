import type { ClockOffset } from '../store/clock-offset-store.ts';

/** Clocks of laptops drift by some seconds a day. */
const LEARN_AGAIN_AFTER_MS = 60 * 60 * 1_000;
/** More than a busy machine delays anything, less than anybody would set a clock by. */
const JUMP_MS = 15_000;
/** An answer that took longer says too little about when the server read its clock. */
const ROUND_TRIP_MAX_MS = 10_000;

export interface SharedClockPorts {
  /** UTC epoch milliseconds, as the laptop is set. */
  wall: () => number;
  /** Milliseconds of a clock that nobody sets; it may stand still while the machine sleeps. */
  steady: () => number;
  kept: { get: () => ClockOffset | null; put: (offset: ClockOffset) => void };
}

/**
 * Time as the server has it, so that what several laptops did can be put in order: this laptop's clock and what it lacks to
 * the server's, which is learned at contact and kept. Between contacts a clock that is set back is noticed by a steady one. One
 * that ran ahead of the steady clock may have been set or have gone on while the machine slept, which only the server can tell.
 */
export class SharedClock {
  readonly #ports: SharedClockPorts;
  #offset: number;
  #learnedAt: number | null;
  #wallBefore: number;
  #steadyBefore: number;
  #isDoubtful = false;

  constructor(ports: SharedClockPorts) {
    this.#ports = ports;
    const kept = ports.kept.get();
    this.#offset = kept?.offset ?? 0;
    this.#learnedAt = kept?.learnedAt ?? null;
    this.#wallBefore = ports.wall();
    this.#steadyBefore = ports.steady();
  }

  /** UTC epoch milliseconds. */
  now(): number {
    this.#look();
    return this.at(this.#wallBefore);
  }

  /** Of an instant that was read from this laptop's clock. */
  at(wall: number): number {
    return Math.max(0, Math.round(wall + this.#offset));
  }

  /** The server should be asked what time it is. */
  isDue(): boolean {
    this.#look();
    if (this.#isDoubtful || this.#learnedAt === null) return true;
    return Math.abs(this.#wallBefore - this.#learnedAt) > LEARN_AGAIN_AFTER_MS;
  }

  /** Takes the server to have read its clock in the middle of the round trip. Rejects as `ask` does. */
  async learn(ask: () => Promise<number>): Promise<void> {
    const begun = this.#ports.steady();
    const serverTime = await ask();
    const roundTrip = this.#ports.steady() - begun;
    if (roundTrip > ROUND_TRIP_MAX_MS) return;
    this.#look();
    this.#offset = Math.round(serverTime + roundTrip / 2 - this.#wallBefore);
    this.#isDoubtful = false;
    this.#keep();
  }

  #look(): void {
    const wall = this.#ports.wall();
    const steady = this.#ports.steady();
    const jump = wall - this.#wallBefore - (steady - this.#steadyBefore);
    this.#wallBefore = wall;
    this.#steadyBefore = steady;
    if (Math.abs(jump) < JUMP_MS) return;
    this.#isDoubtful = true;
    if (jump > 0) return;
    this.#offset -= Math.round(jump);
    this.#keep();
  }

  #keep(): void {
    this.#learnedAt = this.#wallBefore;
    this.#ports.kept.put({ offset: this.#offset, learnedAt: this.#wallBefore });
  }
}
