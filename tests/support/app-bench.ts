import { createApp } from '../../main/app/create-app.ts';
import type { AppPorts } from '../../main/app/ports.ts';
import type { DesktopApp } from '../../main/app/desktop-app.ts';
import { createFileSecrets } from '../../main/app/node-ports/file-secrets.ts';
import { nodePaths } from '../../main/app/node-ports/node-paths.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/desktop/settings.ts';
import type { SyncEvent } from '../../shared/desktop/sync-state.ts';

export interface AppBenchOptions {
  dataFolder: string;
  serverUrl: string;
  automatic?: boolean | undefined;
  /** Instead of what the bench has. */
  ports?: Partial<AppPorts> | undefined;
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
    power: { onLock: () => () => undefined, onResume: () => () => undefined },
    link: { hasLink: () => true, onChange: () => () => undefined },
    secrets: createFileSecrets(options.dataFolder),
    shell: 'headless',
    appVersion: '0.0.0',
    deviceName: 'a laptop of a test',
    automatic: options.automatic ?? true,
    onError: () => undefined,
    ...options.ports,
  });
  const events: SyncEvent[] = [];
  app.sync.subscribe((event) => events.push(event));
  return { app, events };
}
