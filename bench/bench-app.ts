import { mkdirSync } from 'node:fs';
import { createApp } from '../main/app/create-app.ts';
import type { DesktopApp } from '../main/app/desktop-app.ts';
import { createFileSecrets } from '../main/app/node-ports/file-secrets.ts';
import { nodePaths } from '../main/app/node-ports/node-paths.ts';
import type { PathsPort } from '../main/app/ports.ts';
import { DEFAULT_SETTINGS } from '../shared/desktop/settings.ts';
import type { SyncRunResult } from '../shared/desktop/sync-state.ts';
import { fromWireError } from '../shared/errors.ts';
import { WorkerMemory } from './worker-memory.ts';

export interface BenchApp {
  app: DesktopApp;
  /** Megabytes that the data worker's own heap and buffers held at most. */
  workerHeapMb: () => number;
  /** Starts to watch what the whole process takes, SQLite included; ends with megabytes that it took more, at most. */
  watchMemory: () => () => number;
  close: () => Promise<void>;
}

/** The app's core as a shell starts it, on settings that are kept in memory. */
export async function openBenchApp(options: {
  dataFolder: string;
  serverUrl: string | null;
  /** Where the workers are, if they are bundled. */
  entries?: Omit<PathsPort, 'dataFolder'> | undefined;
}): Promise<BenchApp> {
  mkdirSync(options.dataFolder, { recursive: true });
  const memory = new WorkerMemory();
  let settings = { ...DEFAULT_SETTINGS, serverUrl: options.serverUrl };
  const app = await createApp({
    now: Date.now,
    paths: {
      ...nodePaths(options.dataFolder),
      dataWorkerEntry: memory.dataWorkerEntry,
      ...options.entries,
    },
    settings: {
      read: () => settings,
      write: (next) => {
        settings = next;
      },
    },
    secrets: createFileSecrets(options.dataFolder),
    power: { onLock: () => () => undefined, onResume: () => () => undefined },
    link: { hasLink: () => true, onChange: () => () => undefined },
    shell: 'headless',
    appVersion: '0.0.0',
    deviceName: 'bench',
    automatic: false,
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  });
  return {
    app,
    workerHeapMb: () => memory.peakMb(),
    watchMemory: () => memory.watchProcess(),
    close: async () => {
      await app.close();
      memory.close();
    },
  };
}

export interface TimedRun {
  /** From the trigger to the event that tells of the end. */
  ms: number;
  result: SyncRunResult;
}

/** Triggers a run as the command line does, which may do so again and again. Rejects with the run's own error. */
export async function timedSync(app: DesktopApp): Promise<TimedRun> {
  const startedAt = performance.now();
  let stop = (): void => undefined;
  const ended = new Promise<SyncRunResult>((resolve) => {
    stop = app.sync.subscribe((event) => {
      if (event.type === 'onSyncComplete' || event.type === 'onSyncError') resolve(event.result);
    });
  });
  await app.sync.trigger({ syncUnit: 'full', discardPendingSyncUnits: false, reason: 'cli' });
  const result = await ended;
  stop();
  const ms = performance.now() - startedAt;
  if (result.error) throw fromWireError(result.error);
  return { ms, result };
}
