import type { PowerPort } from '../ports.ts';

const CHECK_INTERVAL_MS = 5_000;
/** More than a busy machine delays a timer, less than anyone would call sleep. */
const JUMP_MS = 15_000;

export interface ClockJumpOptions {
  wallClock: () => number;
  /** Stands still, or nearly, while the machine sleeps. */
  monotonicClock: () => number;
  setInterval: (callback: () => void, ms: number) => NodeJS.Timeout;
}

const SYSTEM_CLOCKS: ClockJumpOptions = {
  wallClock: Date.now,
  monotonicClock: () => performance.now(),
  setInterval: (callback, ms) => setInterval(callback, ms).unref(),
};

/**
 * Wake from sleep, told from the wall clock running ahead of the monotonic one, or of the timer where the monotonic
 * clock counts sleep as well. Plain Node has no power events, and on some machines Electron gets none.
 * A clock set forward by hand looks the same and only causes one sync too many.
 */
export function createClockJumpPower(clocks: ClockJumpOptions = SYSTEM_CLOCKS): PowerPort {
  return {
    // Nothing tells plain Node.
    onLock: () => () => undefined,
    onResume: (listener) => {
      let wallBefore = clocks.wallClock();
      let monotonicBefore = clocks.monotonicClock();
      const timer = clocks.setInterval(() => {
        const wall = clocks.wallClock();
        const monotonic = clocks.monotonicClock();
        const slept = wall - wallBefore - (monotonic - monotonicBefore) > JUMP_MS;
        const timerStoodStill = monotonic - monotonicBefore > CHECK_INTERVAL_MS + JUMP_MS;
        wallBefore = wall;
        monotonicBefore = monotonic;
        if (slept || timerStoodStill) listener();
      }, CHECK_INTERVAL_MS);
      return () => clearInterval(timer);
    },
  };
}
