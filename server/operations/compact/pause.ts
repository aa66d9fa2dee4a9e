import { setTimeout as sleep } from 'node:timers/promises';

/** Between two steps, so that whoever waits for the database gets it. */
const PAUSE_MS = 10;

/** Throws if the work is to stop. */
export type Pause = () => Promise<void>;

export function pauseUntil(signal: AbortSignal): Pause {
  return () => sleep(PAUSE_MS, undefined, { signal });
}
