import type { BenchRun, Laptop } from '../bench-run.ts';
import type { Measurement } from '../measurement.ts';
import type { ChangedInput, ChangedOutput } from '../processes/changed-process.ts';
import type { RawChangeInput, RawChangeOutput } from '../processes/raw-change-process.ts';

const CHANGES = 1_000;

export async function measureChanged(
  run: BenchRun,
  laptop: Laptop,
  repeats: number,
): Promise<Measurement> {
  const changes = Math.min(CHANGES, run.rows);
  const common = { changes, repeats };
  const raw = await run.withCopy(laptop, (replicaFile) =>
    run.process<RawChangeInput, RawChangeOutput>('raw-change', {
      ...common,
      replicaFile,
      seed: run.seed,
    }),
  );
  const { value, rssMb } = await run.process<ChangedInput, ChangedOutput>('changed', {
    ...common,
    dataFolder: laptop.dataFolder,
    serverUrl: run.server.url,
    changeUrl: run.server.changeUrl,
  });
  const limit = raw.value.seconds + value.roundTripSeconds;
  return {
    name: 'changed-1000-of-n',
    rows: run.rows,
    seconds: value.seconds,
    limit,
    ratio: value.seconds / limit,
    rssMb,
    details: {
      changes,
      bytesReceived: value.bytesReceived,
      bytesPerRow: value.bytesReceived / changes,
      limitUpsertSeconds: raw.value.seconds,
      limitRoundTripSeconds: value.roundTripSeconds,
      workerHeapMb: value.workerHeapMb,
    },
  };
}
