import { must } from '../../shared/domain/assert.ts';
import type { Measured } from '../bench-process.ts';
import type { BenchRun, Laptop } from '../bench-run.ts';
import type { Measurement } from '../measurement.ts';
import type { OpenAppInput } from '../processes/open-app-process.ts';
import type { RawOpenInput } from '../processes/raw-open-process.ts';
import type { RawSearchInput, RawSearchOutput } from '../processes/raw-search-process.ts';
import { median } from '../statistics.ts';

/**
 * From the start of the process to the first page of a search, without a window. Ours and the limit are bundled as the
 * shipped app is; what both need from source, where Node strips types, is said beside it.
 */
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
  const bundles = run.newFolder();
  await run.process<string, null>('build-core', bundles);
  const open: OpenAppInput = { dataFolder, text, bundled: true };
  const rawOpen: RawOpenInput = { replicaFile, text };
  const ours: Measured<null>[] = [];
  const limits: Measured<null>[] = [];
  const fromSource: Measured<null>[] = [];
  const limitsFromSource: Measured<null>[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    ours.push(await run.bundledProcess('open-app', bundles, open));
    limits.push(await run.bundledProcess('raw-open', bundles, rawOpen));
    fromSource.push(await run.process('open-app', { ...open, bundled: false }));
    limitsFromSource.push(await run.process('raw-open', rawOpen));
  }
  run.remove(bundles);
  const seconds = wallSeconds(ours);
  const limit = wallSeconds(limits);
  const sourceSeconds = wallSeconds(fromSource);
  return {
    name: 'open-app',
    rows: run.rows,
    seconds,
    limit,
    ratio: seconds / limit,
    rssMb: median(ours.map(({ rssMb }) => rssMb)),
    details: {
      sourceSeconds,
      sourceRatio: sourceSeconds / wallSeconds(limitsFromSource),
      sourceRssMb: median(fromSource.map(({ rssMb }) => rssMb)),
    },
  };
}

function wallSeconds(measured: readonly Measured<null>[]): number {
  return median(measured.map((one) => one.wallSeconds));
}
