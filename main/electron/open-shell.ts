import type { BrowserWindow, Rectangle } from 'electron';
import type { Logger } from 'pino';
import type { SyncReason } from '../../shared/desktop/sync-state.ts';
import type { DesktopApp } from '../app/desktop-app.ts';
import type { StoreClass } from '../app/node-ports/settings-store.ts';
import { keepWindow } from './close-behaviour.ts';
import type { ElectronApi } from './electron-api.ts';
import { createMainWindow, loadPage, showWindow } from './main-window.ts';
import { type AppTray, openTray } from './open-tray.ts';
import { presentStatus } from './present-status.ts';
import { quitSafely } from './quit-safely.ts';
import { revivePage } from './revive-page.ts';
import { serveRouter } from './serve-router.ts';
import { hasTrayHost } from './tray-host.ts';
import { createWindowPrinter } from './window-printer.ts';
import { chooseWords } from './words/choose-words.ts';

const BOUNDS_KEY = 'bounds';

export interface OpenShellOptions {
  electron: ElectronApi;
  desktopApp: DesktopApp;
  Store: StoreClass;
  appFolder: URL;
  userData: string;
  platform: NodeJS.Platform;
  log: Logger;
}

/** Window, tray and menus around a running app. */
export async function openShell(options: OpenShellOptions): Promise<void> {
  const { electron, desktopApp, platform, log } = options;
  const { app } = electron;
  const bounds = openBoundsStore(options);
  const window = createMainWindow({
    electron,
    preload: new URL('out/preload/preload.cjs', options.appFolder),
    rememberedBounds: bounds.read(),
    withDevTools: !app.isPackaged,
  });
  const rememberBounds = (): void => bounds.write(window.getNormalBounds());
  const stopServing = serveRouter({
    ipcMain: electron.ipcMain,
    window,
    app: desktopApp,
    printer: createWindowPrinter(electron, window),
    onDropped: (reason) => log.warn({ reason }, 'IPC message dropped'),
  });
  const isQuitting = quitSafely(app, {
    close: async () => {
      rememberBounds();
      window.hide();
      stopServing();
      await desktopApp.close();
    },
    onFailure: (error) => log.error(error, 'closing failed'),
  });
  const tray = (await hasTrayHost(platform)) ? openShellTray(options, window) : null;
  keepWindow(window, {
    platform,
    hasTray: () => tray !== null,
    isQuitting,
    onClosed: rememberBounds,
  });
  revivePage(window, {
    now: Date.now,
    onGone: (details) => log.error(details, 'page gone'),
    askForReload: () => askForReload(options, window),
    quit: () => app.quit(),
  });
  app.on('second-instance', () => showWindow(window));
  app.on('activate', () => showWindow(window));
  await presentStatus({
    ...options,
    tray,
    menuActions: {
      syncNow: (by) => syncNow(options, by),
      openLogs: () => void electron.shell.openPath(app.getPath('logs')),
      quit: () => app.quit(),
    },
  });
  await loadPage(window);
}

function openShellTray(options: OpenShellOptions, window: BrowserWindow): AppTray {
  const { electron, platform } = options;
  const tray = openTray({
    electron,
    platform,
    iconsFolder: new URL('resources/tray/', options.appFolder),
    actions: {
      syncNow: () => syncNow(options, 'tray'),
      open: () => showWindow(window),
      quit: () => electron.app.quit(),
    },
    now: Date.now,
  });
  electron.powerMonitor.on('resume', tray.makeAnew);
  return tray;
}

function syncNow({ desktopApp, log }: OpenShellOptions, reason: SyncReason): void {
  desktopApp.sync
    .trigger({ syncUnit: 'full', discardPendingSyncUnits: false, reason })
    .catch((error: unknown) => log.error(error, 'sync could not be queued'));
}

async function askForReload(options: OpenShellOptions, window: BrowserWindow): Promise<boolean> {
  const { electron, desktopApp } = options;
  const { words } = chooseWords(
    desktopApp.settings.get().language,
    electron.app.getPreferredSystemLanguages(),
  );
  const { response } = await electron.dialog.showMessageBox(window, {
    type: 'error',
    title: words.pageDied.title,
    message: words.pageDied.text,
    buttons: [words.pageDied.reload, words.quit],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

function openBoundsStore({ Store, userData }: OpenShellOptions) {
  const store = new Store({
    cwd: userData,
    name: 'window',
    configName: 'window',
    accessPropertiesByDotNotation: false,
    // Where a window stood is nothing to keep a damaged file for.
    clearInvalidConfig: true,
  });
  return {
    read: (): unknown => store.get(BOUNDS_KEY),
    write: (bounds: Rectangle) => store.set(BOUNDS_KEY, bounds),
  };
}
