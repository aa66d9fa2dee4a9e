import { createApp } from '../../main/app/create-app.ts';
import type { DesktopApp } from '../../main/app/desktop-app.ts';
import { nodePaths } from '../../main/app/node-ports/node-paths.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/desktop/settings.ts';
import type { SyncEvent } from '../../shared/desktop/sync-state.ts';

export interface AppBenchOptions {
  dataFolder: string;
  serverUrl: string;
  automatic?: boolean | undefined;
  /** Nothing starts by itself but what is switched on here. */
  sync?: Partial<Settings['sync']> | undefined;
}

/** The whole app without a shell, in which nothing starts by itself, and what its sync told. Close it. */
export async function openAppBench(
  options: AppBenchOptions,
): Promise<{ app: DesktopApp; events: readonly SyncEvent[] }> {
  const sync = {
    ...DEFAULT_SETTINGS.sync,
    syncOnStart: false,
    syncOnPoke: false,
    intervalSeconds: 0,
    ...options.sync,
  };
  let settings: Settings = { ...DEFAULT_SETTINGS, serverUrl: options.serverUrl, sync };
  const app = await createApp({
    now: Date.now,
    paths: nodePaths(options.dataFolder),
    settings: {
      read: () => settings,
      write: (next) => {
        settings = next;
      },
    },
    power: { onResume: () => () => undefined },
    link: { hasLink: () => true, onChange: () => () => undefined },
    shell: 'headless',
    appVersion: '0.0.0',
    automatic: options.automatic ?? true,
    onError: () => undefined,
  });
  const events: SyncEvent[] = [];
  app.sync.subscribe((event) => events.push(event));
  return { app, events };
}
