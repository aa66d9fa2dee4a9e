import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import type { BenchRun, Laptop } from '../bench-run.ts';
import type { Measurement } from '../measurement.ts';
import type { AskRefetchInput } from '../processes/ask-refetch-process.ts';
import type { BrowserShellInput, BrowserShellOutput } from '../processes/browser-shell-process.ts';
import { chromiumMemory, residentMb } from '../process-memory.ts';
import { randomFrom } from '../random.ts';
import type { SeenInPage } from '../seen-in-page.ts';
import { percentile } from '../statistics.ts';
import { typeLikeAPerson } from '../type-like-a-person.ts';
import { type WatchedPage, withWatchedPage } from '../watched-page.ts';
import { wordsToType } from '../words-to-type.ts';

/** Typing before it counts: code gets compiled, files get read. */
const WARM_UP_MS = 5_000;
/** Typing with nothing else going on, for comparison. */
const QUIET_MS = 20_000;
const POLL_MS = 500;
const STARTED_WITHIN_MS = 30_000;
/** The page waits this long for the next key before it searches, so what is shown earlier answers an earlier text. */
const TYPING_PAUSE_MS = 45;
/** Event Timing says nothing about what was quicker. */
const UNTOLD_MS = 16;

/** What one stretch of typing was like. */
interface Trace {
  seen: SeenInPage;
  /** From the last key of a text to its results. */
  answers: readonly number[];
  seconds: number;
}

/** The sync as the page shows it: somebody presses the button and the status says how it goes. */
const syncing = (page: Page): Locator =>
  page.getByRole('contentinfo').getByRole('button', { name: 'Cancel sync' });

/**
 * Searches are typed into a synced laptop's catalogue for as long as all of it is fetched anew beside it, as after a first
 * sync with another server: readers keep the old file until the new one takes over.
 */
export async function measureTyping(
  run: BenchRun,
  { laptop, rendererDir }: { laptop: Laptop; rendererDir: string },
): Promise<Measurement> {
  const { dataFolder, replicaFile } = laptop;
  // Each text is typed once only: a second time the page would know the answer.
  const texts = wordsToType(replicaFile, run.seed).values();
  await run.process<AskRefetchInput, null>('ask-refetch', { dataFolder });
  const shell = await run.start<BrowserShellInput, BrowserShellOutput>('browser-shell', {
    dataFolder,
    rendererDir,
    serverUrl: run.server.url,
    syncOnStart: false,
  });
  try {
    return await withWatchedPage(run.signal, async (watched) => {
      await watched.page.goto(`${shell.value.address}#/catalogue`);
      await watched.page.getByRole('option').first().waitFor();
      const random = randomFrom(run.seed);
      const type = (goesOn: () => boolean): Promise<Trace> =>
        traced(watched, () => typeLikeAPerson(watched.page.keyboard, texts, { random, goesOn }));
      await type(lasting(WARM_UP_MS));
      const quiet = await type(lasting(QUIET_MS));
      const sync = watchSync(watched.page, shell.value.pid);
      await watched.page.getByRole('button', { name: 'Sync now' }).click();
      const busy = await type(() => sync.goesOn);
      const shellMb = await sync.peakMb;
      const memory = await chromiumMemory(watched.browser);
      return measurementOf(run, { quiet, busy, shellMb, ...memory });
    });
  } finally {
    await shell.stop();
  }
}

function lasting(ms: number): () => boolean {
  const endsAt = performance.now() + ms;
  return () => performance.now() < endsAt;
}

async function traced(
  { restart, seen }: WatchedPage,
  type: () => Promise<readonly number[]>,
): Promise<Trace> {
  await restart();
  const startedAt = performance.now();
  const ends = await type();
  await sleep(POLL_MS);
  const seconds = (performance.now() - startedAt) / 1_000;
  const saw = await seen();
  const answers = ends.flatMap((press) => {
    const endedAt = saw.keys[press]?.at ?? Infinity;
    const nextAt = saw.keys[press + 1]?.at ?? Infinity;
    const answeredAt = saw.answeredAt.find((at) => at > endedAt + TYPING_PAUSE_MS);
    return answeredAt !== undefined && answeredAt < nextAt ? [answeredAt - endedAt] : [];
  });
  return { seen: saw, answers, seconds };
}

/**
 * To be called before the button is pressed: a sync of few rows is over before one could ask for it. From then on it asks
 * seldom, because what asks takes time from what is measured.
 */
function watchSync(page: Page, shellPid: number): { goesOn: boolean; peakMb: Promise<number> } {
  const watch = async (): Promise<number> => {
    let peak = 0;
    await syncing(page).waitFor({ timeout: STARTED_WITHIN_MS });
    do {
      await sleep(POLL_MS);
      peak = Math.max(peak, await residentMb(shellPid));
    } while (await syncing(page).isVisible());
    return peak;
  };
  const state = { goesOn: true, peakMb: watch() };
  state.peakMb = state.peakMb.finally(() => {
    state.goesOn = false;
  });
  return state;
}

function measurementOf(
  run: BenchRun,
  {
    quiet,
    busy,
    shellMb,
    ...memory
  }: { quiet: Trace; busy: Trace; shellMb: number; rendererMb: number; chromiumMb: number },
): Measurement {
  const latencies = ({ seen }: Trace): number[] => seen.keys.map(({ latency }) => latency);
  const p50ms = percentile(latencies(busy), 0.5);
  const limit = percentile(latencies(quiet), 0.5);
  return {
    name: 'typing',
    rows: run.rows,
    p50ms,
    p95ms: percentile(latencies(busy), 0.95),
    limit,
    ratio: p50ms / limit,
    rssMb: shellMb,
    details: { ...numbersOf('', busy), ...numbersOf('quiet', quiet), ...memory },
  };
}

function numbersOf(when: '' | 'quiet', { seen, answers, seconds }: Trace): Record<string, number> {
  const { keys, interactions, frames, longTasks } = seen;
  const untold = Math.max(0, keys.length - interactions.length);
  const told = [...interactions, ...Array.from({ length: untold }, () => UNTOLD_MS)];
  const numbers = {
    seconds,
    keys: keys.length,
    ...spread(
      'key',
      keys.map(({ latency }) => latency),
    ),
    ...spread('interaction', told),
    ...spread('frame', frames),
    frames: frames.length,
    longTasks: longTasks.length,
    longestTaskMs: Math.max(0, ...longTasks),
    answers: answers.length,
    ...spread('answer', answers),
  };
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [
      when === '' ? name : when + name.charAt(0).toUpperCase() + name.slice(1),
      value,
    ]),
  );
}

function spread(name: string, values: readonly number[]): Record<string, number> {
  const at = (share: number): number => (values.length === 0 ? 0 : percentile(values, share));
  return {
    [`${name}P50ms`]: at(0.5),
    [`${name}P95ms`]: at(0.95),
    [`${name}P99ms`]: at(0.99),
    [`${name}MaxMs`]: at(1),
  };
}
