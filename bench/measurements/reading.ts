import type { Measured } from '../bench-process.ts';
import type { BenchRun, Laptop } from '../bench-run.ts';
import type { LoopDelay } from '../event-loop-delay.ts';
import type { Measurement } from '../measurement.ts';
import type { RawSearchInput, RawSearchOutput } from '../processes/raw-search-process.ts';
import type { SearchInput, SearchOutput } from '../processes/search-process.ts';
import type { Spread } from '../statistics.ts';

const QUERIES_MAX = 2_000;

export interface Reading {
  measurements: readonly Measurement[];
  loop: LoopDelay;
}

/** Search as one types, exact counts and scrolling through all names. */
export async function measureReading(run: BenchRun, laptop: Laptop): Promise<Reading> {
  const raw = await run.process<RawSearchInput, RawSearchOutput>('raw-search', {
    replicaFile: laptop.replicaFile,
    queries: Math.min(QUERIES_MAX, run.rows),
    seed: run.seed,
  });
  const limits = raw.value;
  const ours = await run.process<SearchInput, SearchOutput>('search', {
    dataFolder: laptop.dataFolder,
    queries: limits.queries,
    rows: run.rows,
    seed: run.seed,
  });
  const { search, count, browse, jump, loop } = ours.value;
  const measurement = lineOf(run, ours);
  return {
    loop,
    measurements: [
      withDetails(measurement('search', search, limits.unranked), {
        rankedP50ms: limits.ranked.p50,
        rankedP95ms: limits.ranked.p95,
        rankedMaxMs: limits.ranked.max,
        ratioToRankedP95: search.reader.p95 / limits.ranked.p95,
      }),
      measurement('count-exact', count, limits.counts),
      measurement('browse-page', browse, limits.browsed),
      measurement('scroll-jump', jump, limits.jumps),
    ],
  };
}

/** The line's own times are the reader's, since that is what its limit measures; the caller's are beside them. */
function lineOf(run: BenchRun, { rssMb }: Measured<SearchOutput>) {
  return (
    name: string,
    { reader, caller }: SearchOutput['search'],
    limit: Spread,
  ): Measurement => ({
    name,
    rows: run.rows,
    p50ms: reader.p50,
    p95ms: reader.p95,
    limit: limit.p50,
    ratio: reader.p50 / limit.p50,
    rssMb,
    details: {
      maxMs: reader.max,
      callerP50ms: caller.p50,
      callerP95ms: caller.p95,
      callerMaxMs: caller.max,
      limitP95ms: limit.p95,
      limitMaxMs: limit.max,
    },
  });
}

function withDetails(
  measurement: Measurement,
  more: Readonly<Record<string, number>>,
): Measurement {
  return { ...measurement, details: { ...measurement.details, ...more } };
}
