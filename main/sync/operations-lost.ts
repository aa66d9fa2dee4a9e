import type { RunContext } from './run-context.ts';

/**
 * The server no longer knows of operations that it answered, as after a restored backup. Caught within the run, which
 * sends them again. A laptop that has nothing new to send would not meet the gap in its numbers for days.
 */
export class OperationsLost extends Error {
  /** The first number that the server misses. */
  readonly from: number;

  constructor(from: number) {
    super(`The server misses operations from number ${from} on.`);
    this.name = 'OperationsLost';
    this.from = from;
  }
}

/** `lastNumber` is the newest operation of the device that the server knows, as a pull says. */
export function assertNothingLost(context: RunContext, lastNumber: number): void {
  if (lastNumber < context.work.outbox.lastAnswered()) throw new OperationsLost(lastNumber + 1);
}
