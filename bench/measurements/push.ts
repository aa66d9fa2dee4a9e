import type { BenchRun, Laptop } from '../bench-run.ts';
import type { Measurement } from '../measurement.ts';
import type { PushBenchInput, PushBenchOutput } from '../processes/push-process.ts';

const OPERATIONS = 1_000;

/** What people did offline, sent in one run; the pull that shows it is part of the run. */
export async function measurePush(
  run: BenchRun,
  laptop: Laptop,
  repeats: number,
): Promise<Measurement> {
  const operations = Math.min(OPERATIONS, run.rows);
  const { value, rssMb } = await run.process<PushBenchInput, PushBenchOutput>('push', {
    operations,
    repeats,
    dataFolder: laptop.dataFolder,
    serverUrl: run.server.url,
  });
  const limit = value.insertSeconds + value.roundTripSeconds;
  return {
    name: 'push-1000',
    rows: run.rows,
    seconds: value.seconds,
    limit,
    ratio: value.seconds / limit,
    rssMb,
    details: {
      operations,
      limitInsertSeconds: value.insertSeconds,
      limitRoundTripSeconds: value.roundTripSeconds,
      writeP50ms: value.writeP50ms,
      writeP99ms: value.writeP99ms,
      workerHeapMb: value.workerHeapMb,
    },
  };
}
