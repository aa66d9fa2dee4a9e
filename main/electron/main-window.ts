import { fileURLToPath } from 'node:url';
import type { BrowserWindow, Rectangle, WebPreferences } from 'electron';
import { APP_PAGE } from './app-scheme.ts';
import type { ElectronApi } from './electron-api.ts';
import { WINDOW_HEIGHT_MIN, WINDOW_WIDTH_MIN, windowBounds } from './window-bounds.ts';

/** The page's own backgrounds, so that nothing flashes while it loads. */
const BACKGROUND = { light: '#eff3f4', dark: '#10171a' };

export interface MainWindowOptions {
  electron: Pick<ElectronApi, 'BrowserWindow' | 'screen' | 'nativeTheme'>;
  preload: URL;
  rememberedBounds: unknown;
  withDevTools: boolean;
}

/** A page in a sandbox with nothing of Node or Electron but the preload's bridge. */
export function webPreferencesOf(preload: URL, withDevTools: boolean): WebPreferences {
  return {
    preload: fileURLToPath(preload),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    devTools: withDevTools,
  };
}

/** The app's window, still hidden and empty. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const { BrowserWindow, screen, nativeTheme } = options.electron;
  return new BrowserWindow({
    ...windowBounds(options.rememberedBounds, workAreasOf(screen)),
    minWidth: WINDOW_WIDTH_MIN,
    minHeight: WINDOW_HEIGHT_MIN,
    show: false,
    title: 'Tallyman',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: webPreferencesOf(options.preload, options.withDevTools),
  });
}

/** Loads the page, and shows the window once there is something to see. */
export async function loadPage(window: BrowserWindow): Promise<void> {
  window.once('ready-to-show', () => window.show());
  await window.loadURL(APP_PAGE);
}

/** Brings the window back from wherever it is: the tray, the taskbar or behind others. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function workAreasOf(screen: ElectronApi['screen']): Rectangle[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}
