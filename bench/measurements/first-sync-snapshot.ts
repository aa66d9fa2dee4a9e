import { must } from '../../shared/domain/assert.ts';
import type { Measured } from '../bench-process.ts';
import { type BenchRun, type Laptop, laptopIn } from '../bench-run.ts';
import type { LoopDelay } from '../event-loop-delay.ts';
import type { Measurement } from '../measurement.ts';
import type { FileServerInput } from '../processes/file-server-process.ts';
import type { FirstSyncInput, FirstSyncOutput } from '../processes/first-sync-process.ts';
import type { RawDownloadInput, RawDownloadOutput } from '../processes/raw-download-process.ts';
import type { SnapshotServerOutput } from '../processes/snapshot-server-process.ts';
import { median } from '../statistics.ts';

/** Of every catalogue that the benchmark knows, some product's name begins so. */
const SEARCHED = 'a';

export interface SnapshotSync {
  measurement: Measurement;
  loop: LoopDelay;
}

interface Round {
  sync: Measured<FirstSyncOutput>;
  plain: RawDownloadOutput;
  packed: RawDownloadOutput;
}

/**
 * First syncs of new laptops from a server that has a snapshot, each followed by the download of the same file as it is
 * and as it travels; the quicker of the two is the limit.
 */
export async function measureFirstSyncBySnapshot(
  run: BenchRun,
  repeats: number,
): Promise<SnapshotSync> {
  const server = await run.snapshotServer();
  const rounds: Round[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const dataFolder = run.newFolder();
    const sync = await run.process<FirstSyncInput, FirstSyncOutput>('first-sync', {
      dataFolder,
      serverUrl: server.url,
    });
    rounds.push({ sync, ...(await download(run, server, laptopIn(dataFolder))) });
    run.remove(dataFolder);
  }
  const last = must(rounds.at(-1), 'a first sync');
  return { measurement: measurementOf(run, server, rounds), loop: last.sync.value.loop };
}

async function download(
  run: BenchRun,
  { packedFile, frames }: SnapshotServerOutput,
  { replicaFile }: Laptop,
): Promise<Omit<Round, 'sync'>> {
  const files = await run.start<FileServerInput, string>('file-server', {
    files: { '/plain': replicaFile, '/packed': packedFile },
  });
  const one = async (path: string, input: Pick<RawDownloadInput, 'frames'>) => {
    const targetFile = run.newFolder();
    const url = files.value + path;
    const { value } = await run.process<RawDownloadInput, RawDownloadOutput>('raw-download', {
      url,
      targetFile,
      text: SEARCHED,
      ...input,
    });
    for (const suffix of ['', '-wal', '-shm']) run.remove(targetFile + suffix);
    return value;
  };
  try {
    return {
      plain: await one('/plain', { frames: null }),
      packed: await one('/packed', { frames }),
    };
  } finally {
    await files.stop();
  }
}

function measurementOf(
  run: BenchRun,
  server: SnapshotServerOutput,
  rounds: readonly Round[],
): Measurement {
  const middle = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const seconds = middle(({ sync }) => sync.value.seconds);
  const plain = middle((round) => round.plain.seconds);
  const packed = middle((round) => round.packed.seconds);
  const limit = Math.min(plain, packed);
  const rowsReceived = middle(({ sync }) => sync.value.rowsReceived);
  return {
    name: 'first-sync-snapshot',
    rows: run.rows,
    seconds,
    limit,
    ratio: seconds / limit,
    rssMb: middle(({ sync }) => sync.rssMb),
    details: {
      rowsReceived,
      rowsPerSecond: Math.round(rowsReceived / seconds),
      bytesReceived: middle(({ sync }) => sync.value.bytesReceived),
      bytesPerRow: server.bytes / rowsReceived,
      fileBytes: server.plainBytes,
      workerHeapMb: middle(({ sync }) => sync.value.workerHeapMb),
      addedMb: middle(({ sync }) => sync.value.addedMb),
      limitPlainSeconds: plain,
      limitPackedSeconds: packed,
      limitFlushSeconds: middle((round) =>
        plain < packed ? round.plain.flushSeconds : round.packed.flushSeconds,
      ),
      loopMaxMs: middle(({ sync }) => sync.value.loop.max),
      buildSeconds: server.buildSeconds,
      packSeconds: server.packSeconds,
      builderMb: server.builderMb,
    },
  };
}
