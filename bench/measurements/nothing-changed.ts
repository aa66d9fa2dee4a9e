import type { BenchRun, Laptop } from '../bench-run.ts';
import type { Measurement } from '../measurement.ts';
import type {
  NothingChangedInput,
  NothingChangedOutput,
} from '../processes/nothing-changed-process.ts';

export async function measureNothingChanged(
  run: BenchRun,
  { dataFolder }: Laptop,
): Promise<Measurement> {
  const { value, rssMb } = await run.process<NothingChangedInput, NothingChangedOutput>(
    'nothing-changed',
    { dataFolder, serverUrl: run.server.url },
  );
  const { runs, emptyCalls, durableCommits, bytesSent, bytesReceived } = value;
  return {
    name: 'nothing-changed',
    rows: run.rows,
    p50ms: runs.p50,
    p95ms: runs.p95,
    limit: emptyCalls.p50,
    ratio: runs.p50 / emptyCalls.p50,
    rssMb,
    details: {
      limitP95ms: emptyCalls.p95,
      durableCommitP50ms: durableCommits.p50,
      durableCommitP95ms: durableCommits.p95,
      bytes: bytesSent + bytesReceived,
      bytesSent,
      bytesReceived,
    },
  };
}
