import { setTimeout as sleep } from 'node:timers/promises';
import type { DesktopApp } from '../../main/app/desktop-app.ts';
import { catalogueSearchInput } from '../../shared/desktop/catalogue-views.ts';
import { openBenchApp, timedSync } from '../bench-app.ts';
import { serveProcess } from '../bench-process.ts';
import { type LoopDelay, watchEventLoop } from '../event-loop-delay.ts';

/** How long the idle loop is watched, for comparison. */
const IDLE_MS = 1_000;

export interface FirstSyncInput {
  dataFolder: string;
  serverUrl: string;
}

export interface FirstSyncOutput {
  /** From the trigger until a search finds something. The run itself has compared the digests. */
  seconds: number;
  rowsReceived: number;
  bytesReceived: number;
  workerHeapMb: number;
  /** What the sync added to the memory of the process. */
  addedMb: number;
  loop: LoopDelay;
  idleLoop: LoopDelay;
}

/** A laptop's first sync, and nothing else, so that the memory of the process is the memory of a first sync. */
serveProcess(async (input: FirstSyncInput): Promise<FirstSyncOutput> => {
  const { app, workerHeapMb, watchMemory, close } = await openBenchApp(input);
  try {
    const stopIdle = watchEventLoop();
    await sleep(IDLE_MS);
    const idleLoop = stopIdle();
    const addedMb = watchMemory();
    const stopWatching = watchEventLoop();
    const startedAt = performance.now();
    const { result } = await timedSync(app);
    await untilSearchable(app);
    const seconds = (performance.now() - startedAt) / 1_000;
    const { rowsReceived, bytesReceived } = result;
    const loop = stopWatching();
    return {
      seconds,
      rowsReceived,
      bytesReceived,
      workerHeapMb: workerHeapMb(),
      addedMb: addedMb(),
      loop,
      idleLoop,
    };
  } finally {
    await close();
  }
});

/** The readers open the new file a moment after the run has ended. */
async function untilSearchable(app: DesktopApp): Promise<void> {
  const everything = catalogueSearchInput.parse({ limit: 1 });
  while ((await app.catalogue.search(everything)).items.length === 0) await sleep(1);
}
