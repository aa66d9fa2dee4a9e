import type { DesktopApp } from '../../main/app/desktop-app.ts';
import { must } from '../../shared/domain/assert.ts';
import { catalogueSearchInput } from '../../shared/desktop/catalogue-views.ts';
import { locationsInput, recordMovementInput } from '../../shared/desktop/stock-views.ts';
import { openBenchApp, timedSync } from '../bench-app.ts';
import { serveProcess } from '../bench-process.ts';
import { type LoopDelay, watchEventLoop } from '../event-loop-delay.ts';
import { randomFrom } from '../random.ts';
import { scanAtAPace } from '../scan-at-a-pace.ts';
import { median } from '../statistics.ts';

/** With no sync: enough for a 99th percentile. */
const QUIET_SCANS = 100;
const WARM_UP_SCANS = 20;
/** A small catalogue is here before many scans are made, so it is fetched again and again. */
const BUSY_SCANS_MIN = 100;
const SYNCS_MAX = 20;
const PRODUCTS = 50;

export interface ScanInput {
  dataFolder: string;
  serverUrl: string;
  seed: number;
}

export interface ScanOutput {
  /** Milliseconds from the call to the answer, which comes when the movement is on the disk. */
  busy: readonly number[];
  quiet: readonly number[];
  syncs: number;
  syncSeconds: number;
  /** Of each sync. */
  bytesReceived: readonly number[];
  loop: Pick<LoopDelay, 'p99' | 'max'>;
  workerHeapMb: number;
}

/** Records movements on a synced laptop, first with nothing else to do, then while all of it is fetched anew. */
serveProcess(async ({ dataFolder, serverUrl, seed }: ScanInput): Promise<ScanOutput> => {
  const { app, workerHeapMb, close } = await openBenchApp({ dataFolder, serverUrl });
  try {
    await timedSync(app);
    const scan = await scannerOf(app);
    const random = randomFrom(seed);
    await scanAtAPace(scan, { goesOn: times(WARM_UP_SCANS), random });
    const quiet = await scanAtAPace(scan, { goesOn: times(QUIET_SCANS), random });
    const busy: number[] = [];
    const syncs: BusySync[] = [];
    while (busy.length < BUSY_SCANS_MIN && syncs.length < SYNCS_MAX) {
      const sync = await scanWhileSyncing(app, scan, random);
      syncs.push(sync);
      busy.push(...sync.scans);
    }
    return {
      busy,
      quiet,
      syncs: syncs.length,
      syncSeconds: median(syncs.map(({ seconds }) => seconds)),
      bytesReceived: syncs.map(({ bytesReceived }) => bytesReceived),
      loop: {
        p99: Math.max(...syncs.map(({ loop }) => loop.p99)),
        max: Math.max(...syncs.map(({ loop }) => loop.max)),
      },
      workerHeapMb: workerHeapMb(),
    };
  } finally {
    await close();
  }
});

interface BusySync {
  scans: readonly number[];
  seconds: number;
  bytesReceived: number;
  loop: LoopDelay;
}

async function scanWhileSyncing(
  app: DesktopApp,
  scan: () => Promise<unknown>,
  random: () => number,
): Promise<BusySync> {
  // What was scanned before is not to be sent by the sync that counts.
  await timedSync(app);
  await app.sync.acceptServer();
  let isRunning = true;
  const stopWatching = watchEventLoop();
  const sync = timedSync(app).finally(() => {
    isRunning = false;
  });
  const [{ ms, result }, scans] = await Promise.all([
    sync,
    scanAtAPace(scan, { goesOn: () => isRunning, random }),
  ]);
  const { bytesReceived } = result;
  return { scans, seconds: ms / 1_000, bytesReceived, loop: stopWatching() };
}

/** One product after another is received at the place that there is. */
async function scannerOf({ catalogue, stock }: DesktopApp): Promise<() => Promise<unknown>> {
  const { items } = await catalogue.search(catalogueSearchInput.parse({ limit: PRODUCTS }));
  const [place] = await stock.locations(locationsInput.parse({ limit: 1 }));
  const locationId = must(place, 'a place').id;
  let count = 0;
  return async () => {
    const { id: productId } = must(items[count % items.length], 'a product');
    count += 1;
    return stock.record(
      recordMovementInput.parse({ kind: 'receive', productId, locationId, quantity: 1 }),
    );
  };
}

function times(count: number): () => boolean {
  let left = count;
  return () => left-- > 0;
}
