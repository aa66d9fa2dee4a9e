import type { BenchRun } from '../bench-run.ts';
import type { LoopDelay } from '../event-loop-delay.ts';
import type { Measurement } from '../measurement.ts';
import type { FirstSync } from './first-sync.ts';

/** How late the app's main thread came while its workers synced and searched; the limit is the same thread at rest. */
export function mainThreadDelay(
  run: BenchRun,
  { loop, idleLoop, rssMb }: FirstSync,
  reading: LoopDelay,
): Measurement {
  return {
    name: 'main-thread-delay',
    rows: run.rows,
    p50ms: loop.p50,
    p95ms: loop.p95,
    limit: idleLoop.p50,
    ratio: loop.p50 / idleLoop.p50,
    rssMb,
    details: {
      p99ms: loop.p99,
      maxMs: loop.max,
      searchP99ms: reading.p99,
      searchMaxMs: reading.max,
      limitP99ms: idleLoop.p99,
      limitMaxMs: idleLoop.max,
    },
  };
}
