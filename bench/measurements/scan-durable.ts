import { dirname } from 'node:path';
import type { BenchRun, Laptop } from '../bench-run.ts';
import type { Measurement } from '../measurement.ts';
import type { PlaceInput } from '../processes/place-process.ts';
import type { ScanInput, ScanOutput } from '../processes/scan-process.ts';
import { median, percentile } from '../statistics.ts';

/** How a laptop comes to its rows; the one server offers no snapshot, the other does. */
export type SyncWay = 'pages' | 'snapshot';

/** A movement from the call until it is durable, while the whole catalogue comes in; the limit is the same with no sync. */
export async function measureScanDurable(
  run: BenchRun,
  laptop: Laptop,
  way: SyncWay,
): Promise<Measurement> {
  await run.process<PlaceInput, null>('place', { dataDir: dirname(run.server.databaseFile) });
  const snapshot = way === 'snapshot' ? await run.snapshotServer() : null;
  const { value, rssMb } = await run.process<ScanInput, ScanOutput>('scan', {
    dataFolder: laptop.dataFolder,
    serverUrl: snapshot?.url ?? run.server.url,
    seed: run.seed,
  });
  const { busy, quiet, syncs, syncSeconds, bytesReceived, loop, workerHeapMb } = value;
  const p50ms = percentile(busy, 0.5);
  const limit = percentile(quiet, 0.5);
  return {
    name: `scan-durable-${way}`,
    rows: run.rows,
    p50ms,
    p95ms: percentile(busy, 0.95),
    limit,
    ratio: p50ms / limit,
    rssMb,
    details: {
      scans: busy.length,
      p99ms: percentile(busy, 0.99),
      maxMs: percentile(busy, 1),
      limitP95ms: percentile(quiet, 0.95),
      limitP99ms: percentile(quiet, 0.99),
      limitMaxMs: percentile(quiet, 1),
      mainThreadP99ms: loop.p99,
      mainThreadMaxMs: loop.max,
      syncs,
      syncSeconds,
      // A laptop may find pages cheaper; the measurement is worth its name only if it did not.
      syncsBySnapshot: bytesReceived.filter((bytes) => snapshot !== null && bytes >= snapshot.bytes)
        .length,
      bytesReceived: median(bytesReceived),
      workerHeapMb,
    },
  };
}
