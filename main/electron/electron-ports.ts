import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createSettingsStore, type StoreClass } from '../app/node-ports/settings-store.ts';
import type { AppPorts } from '../app/ports.ts';
import type { ElectronApi } from './electron-api.ts';
import { createElectronLink } from './electron-link.ts';
import { createElectronPower } from './electron-power.ts';
import { createElectronSecrets } from './electron-secrets.ts';

export interface ElectronPortsOptions {
  electron: ElectronApi;
  Store: StoreClass;
  /** Holds `out/`. */
  appFolder: URL;
  onSettingsDamaged: (keptAt: string) => void;
  onError: (error: unknown) => void;
}

/** The app's ports on Electron. Called once Electron is ready. */
export async function createElectronPorts(options: ElectronPortsOptions): Promise<AppPorts> {
  const { app, net, powerMonitor } = options.electron;
  const userData = app.getPath('userData');
  // Apart from Chromium's own files, which have names of their own and are cleared without asking us.
  const dataFolder = join(userData, 'data');
  mkdirSync(dataFolder, { recursive: true });
  const settings = createSettingsStore({
    Store: options.Store,
    folder: userData,
    onDamaged: options.onSettingsDamaged,
  });
  return {
    now: Date.now,
    paths: {
      dataFolder,
      dataWorkerEntry: new URL('out/main/data-worker.js', options.appFolder),
      readerWorkerEntry: new URL('out/main/reader-worker.js', options.appFolder),
      replicaFinisherEntry: new URL('out/main/replica-finisher.js', options.appFolder),
    },
    settings,
    secrets: await createElectronSecrets(
      dataFolder,
      options.electron.safeStorage,
      process.platform,
    ),
    power: createElectronPower(powerMonitor),
    link: createElectronLink(net),
    shell: 'electron',
    appVersion: app.getVersion(),
    deviceName: hostname(),
    automatic: true,
    onError: options.onError,
  };
}
