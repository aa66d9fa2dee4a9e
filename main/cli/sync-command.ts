import { SingleBar } from 'cli-progress';
import { type Command, Option } from 'commander';
import type { SyncRunResult } from '../../shared/desktop/sync-state.ts';
import { toWireError } from '../../shared/errors.ts';
import { type SyncUnit, syncUnitField } from '../../shared/sync/sync-unit.ts';
import { createApp } from '../app/create-app.ts';
import type { DesktopApp } from '../app/desktop-app.ts';
import { serverUrlOf } from '../app/node-ports/server-url-of.ts';
import { headlessPorts } from './headless-ports.ts';

interface SyncOptions {
  server: string;
  data: string;
  unit: SyncUnit;
  site?: string | undefined;
  json?: boolean | undefined;
}

export function addSyncCommand(program: Command): void {
  program
    .command('sync')
    .description('Bring a data folder up to date with its server.')
    .requiredOption('--server <url>', 'the Tallyman server')
    .requiredOption('--data <folder>', 'the data folder; made if it is not there')
    .addOption(
      new Option('--unit <unit>', 'what to sync').choices(syncUnitField.options).default('full'),
    )
    .option('--site <code>', 'follow this site only, instead of every site one may see')
    .option('--json', 'print one line of JSON')
    .action(runSync);
}

async function runSync(options: SyncOptions): Promise<void> {
  const startedAt = Date.now();
  let result: Pick<
    SyncRunResult,
    'outcome' | 'rowsReceived' | 'rowsSent' | 'bytesReceived' | 'error'
  >;
  try {
    result = await syncOnce(options);
  } catch (error) {
    const wire = toWireError(error);
    result = { outcome: 'error', rowsReceived: 0, rowsSent: 0, bytesReceived: 0, error: wire };
  }
  const { rowsReceived, rowsSent, bytesReceived, error } = result;
  const outcome = result.outcome === 'complete' ? 'complete' : 'error';
  const seconds = (Date.now() - startedAt) / 1_000;
  if (options.json) {
    const { unit } = options;
    const failure = error && { code: error.code, message: error.message };
    process.stdout.write(
      `${JSON.stringify({ outcome, unit, rowsReceived, rowsSent, bytesReceived, seconds, error: failure })}\n`,
    );
  } else if (!error) {
    process.stdout.write(
      `Up to date: ${rowsReceived} rows, ${bytesReceived} bytes in ${seconds.toFixed(1)} s\n`,
    );
  }
  if (error) process.stderr.write(`${error.message}\n`);
  process.exitCode = outcome === 'complete' ? 0 : 1;
}

async function syncOnce(options: SyncOptions): Promise<SyncRunResult> {
  const serverUrl = serverUrlOf(options.server);
  const app = await createApp(headlessPorts(options.data));
  const bar = process.stderr.isTTY ? progressBar(app) : null;
  const interrupt = new AbortController();
  const onSignal = (): void => interrupt.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    // Only now is the folder ours: the settings of an app that runs on it are not to be touched.
    await app.settings.update({
      serverUrl,
      siteCodes: options.site === undefined ? null : [options.site],
    });
    return await runToEnd(app, options.unit, interrupt.signal);
  } finally {
    bar?.stop();
    await app.close();
  }
}

/** Triggers one run and waits for its end. What an earlier, killed command left in the queue is this run's work too. */
function runToEnd(app: DesktopApp, unit: SyncUnit, signal: AbortSignal): Promise<SyncRunResult> {
  return new Promise((resolve, reject) => {
    let jobId: string | null = null;
    app.sync.subscribe((event) => {
      if (event.type !== 'onSyncComplete' && event.type !== 'onSyncError') return;
      if (jobId === null || event.result.jobId === jobId) resolve(event.result);
    });
    signal.addEventListener('abort', () => {
      if (jobId !== null) app.sync.cancel(jobId).catch(reject);
    });
    app.sync
      .trigger({ syncUnit: unit, discardPendingSyncUnits: true, reason: 'cli' })
      .then((triggered) => {
        jobId = triggered.jobId;
      }, reject);
  });
}

function progressBar(app: DesktopApp): SingleBar {
  const bar = new SingleBar({
    format: '{phase} [{bar}] {value}/{total} rows, {rate} rows/s, {megabytes} MB',
    stream: process.stderr,
    hideCursor: true,
  });
  bar.start(0, 0, { phase: 'connecting', rate: 0, megabytes: '0.0' });
  app.sync.subscribe((event) => {
    if (event.type !== 'onSyncProgress') return;
    const { phase, rowsReceived, rowsTotal, rowsPerSecond, bytesReceived } = event.progress;
    bar.setTotal(Math.max(rowsTotal ?? 0, rowsReceived));
    bar.update(rowsReceived, {
      phase,
      rate: rowsPerSecond,
      megabytes: (bytesReceived / 1_000_000).toFixed(1),
    });
  });
  return bar;
}
