import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openWritable } from '../../main/store/sqlite.ts';
import { openBenchApp, timedSync } from '../bench-app.ts';
import { serveProcess } from '../bench-process.ts';
import { startCountingProxy } from '../counting-proxy.ts';
import { openEmptyCalls } from '../empty-calls.ts';
import { repeatedInTurn } from '../repeated.ts';
import { type Spread, spreadOf } from '../statistics.ts';

const COUNTED_RUNS = 10;
/** The app asks once by itself whether it is online; its answer has come by then. */
const PROBE_MS = 500;

export interface NothingChangedInput {
  dataFolder: string;
  serverUrl: string;
}

export interface NothingChangedOutput {
  runs: Spread;
  emptyCalls: Spread;
  /** One commit that is on the disk when it returns, beside the laptop's own files. */
  durableCommits: Spread;
  /** Per run, with HTTP's headers, as they went through the socket. */
  bytesSent: number;
  bytesReceived: number;
}

/** Syncs when there is nothing to do, against the smallest call of the same client. */
serveProcess(
  async ({ dataFolder, serverUrl }: NothingChangedInput): Promise<NothingChangedOutput> => {
    const times = await takeTimes(dataFolder, serverUrl);
    return {
      runs: spreadOf(times.runs),
      emptyCalls: spreadOf(times.emptyCalls),
      durableCommits: spreadOf(times.durableCommits),
      ...(await countBytes(dataFolder, serverUrl)),
    };
  },
);

async function takeTimes(dataFolder: string, serverUrl: string) {
  const { app, close } = await openBenchApp({ dataFolder, serverUrl });
  const emptyCalls = openEmptyCalls(serverUrl);
  const db = openWritable(join(dataFolder, 'durable-commits.db'), { durability: 'FULL' });
  try {
    db.exec('CREATE TABLE note (number INTEGER)');
    const insert = db.prepare('INSERT INTO note VALUES (1)');
    return await repeatedInTurn({
      runs: () => timedSync(app),
      emptyCalls: emptyCalls.call,
      durableCommits: async () => insert.run(),
    });
  } finally {
    db.close();
    await emptyCalls.close();
    await close();
  }
}

async function countBytes(
  dataFolder: string,
  serverUrl: string,
): Promise<Pick<NothingChangedOutput, 'bytesSent' | 'bytesReceived'>> {
  const proxy = await startCountingProxy(serverUrl);
  const { app, close } = await openBenchApp({ dataFolder, serverUrl: proxy.url });
  try {
    await timedSync(app);
    await sleep(PROBE_MS);
    const before = proxy.bytes();
    for (let run = 0; run < COUNTED_RUNS; run++) await timedSync(app);
    const after = proxy.bytes();
    return {
      bytesSent: (after.sent - before.sent) / COUNTED_RUNS,
      bytesReceived: (after.received - before.received) / COUNTED_RUNS,
    };
  } finally {
    await close();
    await proxy.close();
  }
}
