import { performance } from 'node:perf_hooks';

/** How often the main thread is asked to be on time. */
const ASK_MS = 250;
/** One long step is no overload; work that keeps it late again and again is. */
const LATE_IN_A_ROW = 4;

export interface LoopWatch {
  /** The main thread has been late time after time, and should be given no more to do for the moment. */
  isOverloaded: () => boolean;
  stop: () => void;
}

export function watchLoop(lateMs: number): LoopWatch {
  let due = performance.now() + ASK_MS;
  let late = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    late = now - due > lateMs ? late + 1 : 0;
    due = now + ASK_MS;
  }, ASK_MS);
  timer.unref();
  return { isOverloaded: () => late >= LATE_IN_A_ROW, stop: () => clearInterval(timer) };
}
