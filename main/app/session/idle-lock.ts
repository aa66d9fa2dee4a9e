export interface IdleLockPorts {
  now: () => number;
  steady: () => number;
  /** Null for never. */
  limitMs: () => number | null;
  lock: () => void;
}

export interface IdleLock {
  /** Somebody is here. */
  touch: () => void;
  /** Looks whether the time is over, as after the machine has slept, and waits for the rest of it. */
  check: () => void;
  stop: () => void;
}

/** Calls `lock` when nobody has been here for so long, however the clock was set and whether or not the machine slept. */
export function createIdleLock(ports: IdleLockPorts): IdleLock {
  let timer: NodeJS.Timeout | undefined;
  let touched = { wall: ports.now(), steady: ports.steady() };
  const check = (): void => {
    clearTimeout(timer);
    const limit = ports.limitMs();
    if (limit === null) return;
    const idle = Math.max(ports.now() - touched.wall, ports.steady() - touched.steady);
    if (idle >= limit) ports.lock();
    else timer = setTimeout(check, limit - idle).unref();
  };
  return {
    touch: () => {
      touched = { wall: ports.now(), steady: ports.steady() };
      check();
    },
    check,
    stop: () => clearTimeout(timer),
  };
}
