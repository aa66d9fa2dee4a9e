import { must } from '../../shared/domain/assert.ts';
import type { Measured } from '../bench-process.ts';
import { type BenchRun, type Laptop, laptopIn } from '../bench-run.ts';
import type { LoopDelay } from '../event-loop-delay.ts';
import type { Measurement } from '../measurement.ts';
import type { FirstSyncInput, FirstSyncOutput } from '../processes/first-sync-process.ts';
import type { RawFillInput, RawFillOutput } from '../processes/raw-fill-process.ts';
import { median } from '../statistics.ts';

export interface FirstSync {
  /** Synced, for the measurements that come after. */
  laptop: Laptop;
  measurement: Measurement;
  loop: LoopDelay;
  idleLoop: LoopDelay;
  rssMb: number;
}

/** First syncs of new laptops, each followed by the raw filling of the same rows, so that both meet the same machine. */
export async function measureFirstSync(run: BenchRun, repeats: number): Promise<FirstSync> {
  const syncs: Measured<FirstSyncOutput>[] = [];
  const fills: Measured<RawFillOutput>[] = [];
  let laptop: Laptop | null = null;
  for (let repeat = 0; repeat < repeats; repeat++) {
    if (laptop) run.remove(laptop.dataFolder);
    const dataFolder = run.newFolder();
    syncs.push(
      await run.process<FirstSyncInput, FirstSyncOutput>('first-sync', {
        dataFolder,
        serverUrl: run.server.url,
      }),
    );
    laptop = laptopIn(dataFolder);
    fills.push(await fillRaw(run, laptop));
  }
  const last = must(syncs.at(-1), 'a first sync');
  return {
    laptop: must(laptop, 'a synced laptop'),
    measurement: measurementOf(run, syncs, fills),
    loop: last.value.loop,
    idleLoop: last.value.idleLoop,
    rssMb: last.rssMb,
  };
}

async function fillRaw(run: BenchRun, { replicaFile }: Laptop): Promise<Measured<RawFillOutput>> {
  const targetFile = run.newFolder();
  try {
    return await run.process<RawFillInput, RawFillOutput>('raw-fill', { replicaFile, targetFile });
  } finally {
    for (const suffix of ['', '-wal', '-shm']) run.remove(targetFile + suffix);
  }
}

function measurementOf(
  run: BenchRun,
  syncs: readonly Measured<FirstSyncOutput>[],
  fills: readonly Measured<RawFillOutput>[],
): Measurement {
  const ofSyncs = (pick: (sync: Measured<FirstSyncOutput>) => number): number =>
    median(syncs.map(pick));
  const ofFills = (pick: (fill: RawFillOutput) => number): number =>
    median(fills.map(({ value }) => pick(value)));
  const seconds = ofSyncs(({ value }) => value.seconds);
  const tables = (fill: RawFillOutput): number => fill.insertSeconds + fill.indexSeconds;
  const limit = ofFills((fill) => tables(fill) + fill.searchIndexSeconds);
  const plainLimit = ofFills((fill) => tables(fill) + fill.plainSearchSeconds);
  const rowsReceived = ofSyncs(({ value }) => value.rowsReceived);
  const bytesReceived = ofSyncs(({ value }) => value.bytesReceived);
  return {
    name: 'first-sync-pages',
    rows: run.rows,
    seconds,
    limit,
    ratio: seconds / limit,
    rssMb: ofSyncs(({ rssMb }) => rssMb),
    details: {
      rowsReceived,
      rowsPerSecond: Math.round(rowsReceived / seconds),
      bytesReceived,
      bytesPerRow: bytesReceived / rowsReceived,
      workerHeapMb: ofSyncs(({ value }) => value.workerHeapMb),
      addedMb: ofSyncs(({ value }) => value.addedMb),
      mainThreadMaxMs: ofSyncs(({ value }) => value.loop.max),
      limitRssMb: median(fills.map(({ rssMb }) => rssMb)),
      limitInsertSeconds: ofFills((fill) => fill.insertSeconds),
      limitIndexSeconds: ofFills((fill) => fill.indexSeconds),
      limitSearchIndexSeconds: ofFills((fill) => fill.searchIndexSeconds),
      plainSearchLimit: plainLimit,
      plainSearchRatio: seconds / plainLimit,
    },
  };
}
