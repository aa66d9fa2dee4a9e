import type { SyncReason } from '../../shared/desktop/sync-state.ts';

/** Waking up and getting the network back within this time are one occasion, and make one run. */
const ONE_OCCASION_MS = 5_000;

export interface Occasions {
  add: (reason: SyncReason) => void;
  runFailed: (isOffline: boolean) => void;
}

/** Makes one run of what happens at about the same time, unless that run fails: then the later reason still holds. */
export function gatherOccasions(now: () => number, run: (reason: SyncReason) => void): Occasions {
  let lastAt = Number.NEGATIVE_INFINITY;
  let leftOut: SyncReason | null = null;
  const add = (reason: SyncReason): void => {
    const since = now() - lastAt;
    // A clock that was set back says nothing about how long ago it was.
    if (since >= 0 && since < ONE_OCCASION_MS) {
      leftOut = reason;
      return;
    }
    leftOut = null;
    lastAt = now();
    run(reason);
  };
  return {
    add,
    runFailed: (isOffline) => {
      const reason = leftOut;
      leftOut = null;
      lastAt = Number.NEGATIVE_INFINITY;
      if (reason !== null && !isOffline) add(reason);
    },
  };
}
