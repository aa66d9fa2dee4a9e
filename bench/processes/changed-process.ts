import { assert } from '../../shared/domain/assert.ts';
import { openBenchApp, timedSync } from '../bench-app.ts';
import { serveProcess } from '../bench-process.ts';
import { timeEmptyCalls } from '../empty-calls.ts';
import { median } from '../statistics.ts';

export interface ChangedInput {
  dataFolder: string;
  serverUrl: string;
  changeUrl: string;
  /** Products changed before each run. */
  changes: number;
  repeats: number;
}

export interface ChangedOutput {
  /** The middle one of the runs. */
  seconds: number;
  bytesReceived: number;
  roundTripSeconds: number;
  workerHeapMb: number;
}

/** Syncs after some products of many were changed on the server in one transaction. */
serveProcess(async (input: ChangedInput): Promise<ChangedOutput> => {
  const { app, workerHeapMb, close } = await openBenchApp(input);
  try {
    // Opens files and connections, as in an app that has been open for a while.
    await timedSync(app);
    const seconds: number[] = [];
    let bytesReceived = 0;
    for (let repeat = 0; repeat < input.repeats; repeat++) {
      await changeOnServer(input);
      const { ms, result } = await timedSync(app);
      assert(result.rowsReceived === input.changes, 'a run that receives what changed and no more');
      seconds.push(ms / 1_000);
      bytesReceived = result.bytesReceived;
    }
    const roundTripSeconds = median(await timeEmptyCalls(input.serverUrl)) / 1_000;
    return {
      seconds: median(seconds),
      bytesReceived,
      roundTripSeconds,
      workerHeapMb: workerHeapMb(),
    };
  } finally {
    await close();
  }
});

async function changeOnServer({ changeUrl, changes }: ChangedInput): Promise<void> {
  const answer = await fetch(`${changeUrl}/${changes}`, { method: 'POST' });
  assert(answer.ok, `changes on the server: ${await answer.text()}`);
}
