import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchRun, Laptop } from '../bench-run.ts';
import type { Measurement } from '../measurement.ts';
import type { BrowserShellInput, BrowserShellOutput } from '../processes/browser-shell-process.ts';
import { type ChromiumMemory, chromiumMemory, residentMb } from '../process-memory.ts';
import { median } from '../statistics.ts';
import { type WatchedPage, withWatchedPage } from '../watched-page.ts';

const POLL_MS = 20;
/** Memory is looked at when start-up is over. */
const SETTLE_MS = 2_000;

/** Milliseconds from the start of the process. */
interface Opening {
  listening: number;
  firstPaint: number;
  firstRow: number;
}

interface OurOpening extends Opening, ChromiumMemory {
  shellMb: number;
}

/** From the start of the process to a product on the screen of a Chromium that is open already. */
export async function measureFirstRow(
  run: BenchRun,
  { laptop, rendererDir, repeats }: { laptop: Laptop; rendererDir: string; repeats: number },
): Promise<Measurement> {
  const ours: OurOpening[] = [];
  const raw: Opening[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    ours.push(await openApp(run, laptop, rendererDir));
    raw.push(await openRawPage(run));
  }
  const of = (pick: (opening: OurOpening) => number): number => median(ours.map(pick));
  const ofRaw = (pick: (opening: Opening) => number): number => median(raw.map(pick));
  const firstRow = of((opening) => opening.firstRow);
  const limit = ofRaw((opening) => opening.firstRow);
  return {
    name: 'first-row',
    rows: run.rows,
    seconds: firstRow / 1_000,
    limit: limit / 1_000,
    ratio: firstRow / limit,
    rssMb: of(({ shellMb }) => shellMb),
    details: {
      listeningMs: of((opening) => opening.listening),
      firstPaintMs: of((opening) => opening.firstPaint),
      firstRowMs: firstRow,
      limitListeningMs: ofRaw((opening) => opening.listening),
      limitFirstPaintMs: ofRaw((opening) => opening.firstPaint),
      rendererMb: of(({ rendererMb }) => rendererMb),
      chromiumMb: of(({ chromiumMb }) => chromiumMb),
    },
  };
}

function openApp(run: BenchRun, { dataFolder }: Laptop, rendererDir: string): Promise<OurOpening> {
  const input = { dataFolder, rendererDir, serverUrl: run.server.url, syncOnStart: true };
  return withWatchedPage(run.signal, async (watched) => {
    const startedAt = Date.now();
    const shell = await run.start<BrowserShellInput, BrowserShellOutput>('browser-shell', input);
    const listening = Date.now() - startedAt;
    try {
      const page = await openPage(watched, shell.value.address, startedAt);
      await sleep(SETTLE_MS);
      const shellMb = await residentMb(shell.value.pid);
      return { listening, ...page, shellMb, ...(await chromiumMemory(watched.browser)) };
    } finally {
      await shell.stop();
    }
  });
}

function openRawPage(run: BenchRun): Promise<Opening> {
  return withWatchedPage(run.signal, async (watched) => {
    const startedAt = Date.now();
    const server = await run.start<null, string>('raw-page', null);
    const listening = Date.now() - startedAt;
    try {
      return { listening, ...(await openPage(watched, server.value, startedAt)) };
    } finally {
      await server.stop();
    }
  });
}

async function openPage(
  { page, seen }: WatchedPage,
  address: string,
  startedAt: number,
): Promise<Omit<Opening, 'listening'>> {
  await page.goto(`${address}#/catalogue`, { waitUntil: 'commit' });
  for (;;) {
    const { timeOrigin, firstPaintAt, firstRowAt } = await seen();
    if (firstPaintAt !== null && firstRowAt !== null) {
      const sinceStart = (at: number): number => timeOrigin + at - startedAt;
      return { firstPaint: sinceStart(firstPaintAt), firstRow: sinceStart(firstRowAt) };
    }
    await sleep(POLL_MS);
  }
}
