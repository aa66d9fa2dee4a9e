import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The histogram counts the timer's own millisecond as delay; it is taken off. */
const RESOLUTION_MS = 1;
const NANOSECONDS_PER_MS = 1_000_000;

export interface LoopDelay {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Watches how late the event loop of this thread comes. Ends with what it saw, in milliseconds. */
export function watchEventLoop(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return () => {
    histogram.disable();
    const late = (nanoseconds: number): number =>
      Math.max(0, nanoseconds / NANOSECONDS_PER_MS - RESOLUTION_MS);
    return {
      p50: late(histogram.percentile(50)),
      p95: late(histogram.percentile(95)),
      p99: late(histogram.percentile(99)),
      max: late(histogram.max),
    };
  };
}
