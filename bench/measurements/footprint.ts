import type { BenchRun } from '../bench-run.ts';
import type { Footprint } from '../build-renderer.ts';
import type { Measurement } from '../measurement.ts';
import type { BuildRendererInput } from '../processes/build-renderer-process.ts';

/** A renderer that was built for this run. */
export interface BuiltRenderer {
  folder: string;
  footprint: Footprint;
  rssMb: number;
}

export async function buildForRun(
  run: BenchRun,
  what: BuildRendererInput['what'],
): Promise<BuiltRenderer> {
  const folder = run.newFolder();
  const { value, rssMb } = await run.process<BuildRendererInput, Footprint>('build-renderer', {
    outDir: folder,
    what,
  });
  return { folder, footprint: value, rssMb };
}

/** Compressed bytes of scripts and styles before the first row, next to those of React with one row. */
export async function measureFootprint(
  run: BenchRun,
  { footprint, rssMb }: BuiltRenderer,
): Promise<Measurement> {
  const bare = await buildForRun(run, 'bareRow');
  run.remove(bare.folder);
  const ours = gzipBytes(footprint);
  const limit = gzipBytes(bare.footprint);
  return {
    name: 'footprint',
    rows: run.rows,
    bytes: ours,
    limit,
    ratio: ours / limit,
    rssMb,
    details: {
      scriptBytes: footprint.scripts.bytes,
      scriptGzipBytes: footprint.scripts.gzipBytes,
      styleBytes: footprint.styles.bytes,
      styleGzipBytes: footprint.styles.gzipBytes,
      entryBytes: footprint.entryBytes,
      requests: footprint.requests,
    },
  };
}

function gzipBytes({ scripts, styles }: Footprint): number {
  return scripts.gzipBytes + styles.gzipBytes;
}
