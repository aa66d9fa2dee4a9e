import type { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { DesktopApp } from '../app/desktop-app.ts';
import { serverUrlOf } from '../app/node-ports/server-url-of.ts';
import type { StoreClass } from '../app/node-ports/settings-store.ts';
import type { AppPorts } from '../app/ports.ts';
import { openRendererFiles } from '../app/renderer-files.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import type { ElectronApi } from './electron-api.ts';
import { createElectronPorts } from './electron-ports.ts';
import { createExternalLinks } from './external-links.ts';
import { lockDownPages, lockDownPermissions } from './lock-down.ts';
import { openShell } from './open-shell.ts';
import { openShellLog } from './shell-log.ts';
import { chooseWords } from './words/choose-words.ts';

/** Hosts that a link may lead to. The app links nowhere yet. */
const EXTERNAL_HOSTS: ReadonlySet<string> = new Set();

export interface ElectronShellOptions {
  electron: ElectronApi;
  createApp: (ports: AppPorts) => Promise<DesktopApp>;
  Store: StoreClass;
  serverUrl?: string | undefined;
  /** Holds `out/` and `resources/`. */
  appFolder: URL;
  platform: NodeJS.Platform;
  /** Where errors end up that nobody caught: the process. */
  uncaught: Pick<EventEmitter, 'on'>;
}

/** The product: the app in a window of its own. Everything that must precede Electron's readiness happens at once. */
export async function startElectronShell(options: ElectronShellOptions): Promise<void> {
  const { electron, appFolder } = options;
  const { app, protocol, session, shell } = electron;
  app.enableSandbox();
  registerAppScheme(protocol);
  lockDownPages(app, createExternalLinks(shell, EXTERNAL_HOSTS));
  app.setAppLogsPath();
  const log = openShellLog(app.getPath('logs'));
  sayWhatHappened(electron, options.uncaught, log);
  try {
    await app.whenReady();
    lockDownPermissions(session.defaultSession);
    serveAppScheme(protocol, openRendererFiles(fileURLToPath(new URL('out/renderer', appFolder))));
    const ports = await createElectronPorts({
      ...options,
      onSettingsDamaged: (keptAt) => log.warn({ keptAt }, 'settings damaged, defaults used'),
      onError: (error) => log.error(error, 'background failure'),
    });
    const serverUrl = options.serverUrl === undefined ? undefined : serverUrlOf(options.serverUrl);
    const desktopApp = await options.createApp(ports);
    // Only now is the folder ours: the settings of an app that runs on it are not to be touched.
    if (serverUrl !== undefined) await desktopApp.settings.update({ serverUrl });
    await openShell({ ...options, desktopApp, log, userData: app.getPath('userData') });
  } catch (error) {
    log.error(error, 'cannot start');
    const { words } = chooseWords('system', app.getPreferredSystemLanguages());
    electron.dialog.showErrorBox(words.cannotStart, messageOf(error));
    app.exit(1);
  }
}

/** A bug ends the app with a sentence and a line in the log; by itself Electron would show the stack to a person. */
function sayWhatHappened(
  { app, dialog }: ElectronApi,
  uncaught: Pick<EventEmitter, 'on'>,
  log: Logger,
): void {
  const end = (error: unknown): void => {
    log.fatal(error, 'unexpected error');
    const { words } = chooseWords('system', app.getPreferredSystemLanguages());
    dialog.showErrorBox(words.crashed.title, `${words.crashed.text} ${app.getPath('logs')}`);
    app.exit(1);
  };
  uncaught.on('uncaughtException', end);
  uncaught.on('unhandledRejection', end);
  app.on('child-process-gone', (_event, details) => log.warn(details, 'child process gone'));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
