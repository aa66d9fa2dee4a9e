import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SNAPSHOT_ROWS_MIN } from '../shared/sync/snapshot.ts';
import { BenchRun } from './bench-run.ts';
import type { CatalogueChoice } from './catalogue-source.ts';
import type { Measurement } from './measurement.ts';
import { measureChanged } from './measurements/changed.ts';
import { measureFirstSync } from './measurements/first-sync.ts';
import { measureFirstSyncBySnapshot } from './measurements/first-sync-snapshot.ts';
import { measureFirstRow } from './measurements/first-row.ts';
import { buildForRun, measureFootprint } from './measurements/footprint.ts';
import { mainThreadDelay } from './measurements/main-thread-delay.ts';
import { measureNothingChanged } from './measurements/nothing-changed.ts';
import { measureOpenApp } from './measurements/open-app.ts';
import { measurePush } from './measurements/push.ts';
import { measureReading } from './measurements/reading.ts';
import { measureScanDurable } from './measurements/scan-durable.ts';
import { measureTyping } from './measurements/typing.ts';

/** In the order in which they run. */
export const MEASUREMENTS = [
  'first-sync-pages',
  'first-sync-snapshot',
  'nothing-changed',
  'changed-1000-of-n',
  'push-1000',
  'search',
  'count-exact',
  'browse-page',
  'scroll-jump',
  'main-thread-delay',
  'open-app',
  'footprint',
  'first-row',
  'typing',
  'scan-durable-pages',
  'scan-durable-snapshot',
] as const;
export type MeasurementName = (typeof MEASUREMENTS)[number];

/** Each comes with a barcode, and fewer rows than this makes have no snapshot. */
const SNAPSHOT_PRODUCTS_MIN = SNAPSHOT_ROWS_MIN / 2;

export interface BenchOptions {
  catalogue: CatalogueChoice;
  /** Null runs all. What a measurement needs before it runs in any case, and is not told. */
  only: readonly MeasurementName[] | null;
  /** The middle one counts, of work that takes long for many rows, and of work that does not. */
  repeats: { long: number; short: number };
  profileFolder: string | null;
  signal: AbortSignal;
  /** Told of the catalogue, once it is on the server. */
  onReady: (server: BenchRun['server']) => void | Promise<void>;
}

/** Measures one after another, in a temporary folder that is gone afterwards, however it ends. */
export async function* runBench(options: BenchOptions): AsyncGenerator<Measurement, void, void> {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-benchmark-'));
  try {
    const run = await BenchRun.start({ ...options, folder });
    try {
      await options.onReady(run.server);
      yield* measure(run, options);
    } finally {
      await run.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function* measure(
  run: BenchRun,
  { only, repeats }: BenchOptions,
): AsyncGenerator<Measurement, void, void> {
  const wants = (...names: MeasurementName[]): boolean =>
    only === null || names.some((name) => only.includes(name));
  const first = await measureFirstSync(run, wants('first-sync-pages') ? repeats.long : 1);
  const { laptop, measurement } = first;
  if (wants('first-sync-pages')) yield measurement;
  const hasSnapshot = run.rows >= SNAPSHOT_PRODUCTS_MIN;
  if (wants('first-sync-snapshot') && hasSnapshot) {
    yield (await measureFirstSyncBySnapshot(run, repeats.short)).measurement;
  }
  if (wants('nothing-changed')) yield measureNothingChanged(run, laptop);
  if (wants('changed-1000-of-n')) yield measureChanged(run, laptop, repeats.short);
  if (wants('push-1000')) yield measurePush(run, laptop, repeats.short);
  if (wants('search', 'count-exact', 'browse-page', 'scroll-jump', 'main-thread-delay')) {
    const reading = await measureReading(run, laptop);
    for (const one of reading.measurements) if (wants(one.name as MeasurementName)) yield one;
    if (wants('main-thread-delay')) yield mainThreadDelay(run, first, reading.loop);
  }
  if (wants('open-app')) yield measureOpenApp(run, laptop, repeats.short);
  if (wants('footprint', 'first-row', 'typing')) {
    const built = await buildForRun(run, 'renderer');
    const rendererDir = built.folder;
    if (wants('footprint')) yield measureFootprint(run, built);
    if (wants('first-row')) {
      yield measureFirstRow(run, { laptop, rendererDir, repeats: repeats.short });
    }
    if (wants('typing')) yield measureTyping(run, { laptop, rendererDir });
  }
  // Last, because the laptop then has a site and movements.
  if (wants('scan-durable-pages')) yield measureScanDurable(run, laptop, 'pages');
  if (wants('scan-durable-snapshot') && hasSnapshot) {
    yield measureScanDurable(run, laptop, 'snapshot');
  }
}
