import { must } from '../../shared/domain/assert.ts';
import type { BenchRun, Laptop } from '../bench-run.ts';
import type { Measurement } from '../measurement.ts';
import type { OpenAppInput } from '../processes/open-app-process.ts';
import type { RawOpenInput } from '../processes/raw-open-process.ts';
import type { RawSearchInput, RawSearchOutput } from '../processes/raw-search-process.ts';
import { median } from '../statistics.ts';

/** From the start of the process to the first page of a search, without a window. */
export async function measureOpenApp(
  run: BenchRun,
  laptop: Laptop,
  repeats: number,
): Promise<Measurement> {
  const { dataFolder, replicaFile } = laptop;
  const { value } = await run.process<RawSearchInput, RawSearchOutput>('raw-search', {
    replicaFile,
    queries: 1,
    seed: run.seed,
  });
  const text = must(value.queries[0], 'a query');
  const ours: { wallSeconds: number; rssMb: number }[] = [];
  const raw: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    ours.push(await run.process<OpenAppInput, null>('open-app', { dataFolder, text }));
    const opened = await run.process<RawOpenInput, null>('raw-open', { replicaFile, text });
    raw.push(opened.wallSeconds);
  }
  const seconds = median(ours.map(({ wallSeconds }) => wallSeconds));
  const limit = median(raw);
  return {
    name: 'open-app',
    rows: run.rows,
    seconds,
    limit,
    ratio: seconds / limit,
    rssMb: median(ours.map(({ rssMb }) => rssMb)),
    details: {},
  };
}
