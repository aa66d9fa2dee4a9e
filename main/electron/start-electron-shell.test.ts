import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Conf from 'conf';
import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TallymanError } from '../../shared/errors.ts';
import { createFakeDesktopApp, type FakeDesktopApp } from '../../tests/fakes/desktop-app.ts';
import { fakeEvent } from '../../tests/fakes/electron-window.ts';
import { clickItem, createFakeElectron, menuItem } from '../../tests/fakes/electron.ts';
import type { AppPorts } from '../app/ports.ts';
import { startElectronShell } from './start-electron-shell.ts';

let folder: string;
let appFolder: URL;
let uncaught: EventEmitter;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-electron-'));
  mkdirSync(join(folder, 'app/out/renderer'), { recursive: true });
  writeFileSync(join(folder, 'app/out/renderer/index.html'), '<!doctype html>');
  appFolder = pathToFileURL(join(folder, 'app/'));
  uncaught = new EventEmitter();
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Started {
  shell: ReturnType<typeof createFakeElectron>;
  app: FakeDesktopApp;
  ports: AppPorts | undefined;
}

async function start(
  options: { platform?: NodeJS.Platform; serverUrl?: string; failure?: Error } = {},
): Promise<Started> {
  const shell = createFakeElectron(folder);
  const app = createFakeDesktopApp();
  const started: Started = { shell, app, ports: undefined };
  await startElectronShell({
    electron: shell.electron,
    createApp: async (ports) => {
      started.ports = ports;
      if (options.failure) throw options.failure;
      return app;
    },
    Store: Conf,
    serverUrl: options.serverUrl,
    appFolder,
    platform: options.platform ?? 'win32',
    uncaught,
  });
  return started;
}

function labelsOf(menu: readonly MenuItemConstructorOptions[]): unknown[] {
  return menu.map(({ label, submenu }) => [
    label,
    (submenu as MenuItemConstructorOptions[]).map((item) => item.label ?? item.type),
  ]);
}

test('sandbox and scheme come before Electron is ready; then the window opens on our page', async () => {
  const { shell, ports } = await start();
  expect(shell.fake.app.calls).toEqual(['sandbox', 'logs', 'ready']);
  expect(shell.fake.protocol.privileged).not.toBeNull();
  expect(shell.windows.map(({ calls }) => calls)).toEqual([['load app://tallyman/', 'show']]);
  expect(shell.windows[0]?.options.webPreferences).toMatchObject({
    preload: join(folder, 'app/out/preload/preload.cjs'),
    devTools: false,
  });
  expect(ports).toMatchObject({
    shell: 'electron',
    appVersion: '1.2.3',
    automatic: true,
    paths: {
      dataFolder: join(folder, 'data'),
      dataWorkerEntry: new URL('out/main/data-worker.js', appFolder),
      readerWorkerEntry: new URL('out/main/reader-worker.js', appFolder),
      replicaFinisherEntry: new URL('out/main/replica-finisher.js', appFolder),
    },
  });
});

test('a server named on the command line becomes the setting', async () => {
  const { app } = await start({ serverUrl: 'http://127.0.0.1:8787/' });
  expect(app.settings.get().serverUrl).toBe('http://127.0.0.1:8787');
});

test('a start that does not get the data folder leaves its settings alone', async () => {
  const inUse = new TallymanError('DATA_FOLDER_IN_USE', 'Another Tallyman uses this data folder.');
  const { ports } = await start({ serverUrl: 'http://127.0.0.1:8787', failure: inUse });
  expect(ports?.settings.read().serverUrl).toBeNull();
});

test('a server address that is none ends the start with a sentence', async () => {
  const { shell, ports } = await start({ serverUrl: 'not an address' });
  expect(shell.errorBoxes[0]).toContain('not an address is not a server address');
  expect(ports).toBeUndefined();
});

test('wake, unlock and standby reach the app and redraw the tray', async () => {
  const { ports, shell } = await start();
  let resumed = 0;
  const stop = ports?.power.onResume(() => resumed++);
  shell.fake.powerMonitor.emit('resume');
  shell.fake.powerMonitor.emit('unlock-screen');
  stop?.();
  shell.fake.powerMonitor.emit('unlock-screen');
  expect(resumed).toBe(2);
  expect(shell.trays.map(({ destroyed }) => destroyed)).toEqual([true, false]);
});

test('the tray follows the sync, and says where a sync was asked for', async () => {
  const { shell, app } = await start();
  expect(shell.trays[0]?.image).toContain('offline.png');
  app.setStatus({ state: 'syncing' });
  expect(shell.trays[0]?.image).toContain('syncing.png');
  app.setStatus({ state: 'idle', lastSuccessAt: 0 });
  clickItem(shell.trays[0]?.menu ?? [], 'Sync now');
  clickItem(shell.fake.Menu.shown, 'Sync now');
  expect(app.triggered.map(({ reason, syncUnit }) => [reason, syncUnit])).toEqual([
    ['tray', 'full'],
    ['menu', 'full'],
  ]);
});

test('checklist 13: with the window closed, the tray and the menu still sync', async () => {
  const { shell, app } = await start();
  shell.windows[0]?.emit('close', fakeEvent({}));
  expect(shell.windows[0]?.calls.at(-1)).toBe('hide');
  clickItem(shell.trays[0]?.menu ?? [], 'Sync now');
  clickItem(shell.fake.Menu.shown, 'Sync now');
  expect(app.triggered.map(({ reason }) => reason)).toEqual(['tray', 'menu']);
});

test('the accelerator of the menu is a shortcut, and says so', async () => {
  const { shell, app } = await start();
  const { click } = menuItem(shell.fake.Menu.shown, 'Sync now');
  click?.({} as never, undefined, { triggeredByAccelerator: true });
  expect(app.triggered.map(({ reason }) => reason)).toEqual(['shortcut']);
});

test('checklist 15: menu and tray say what waits, in the language of the person', async () => {
  const { shell, app } = await start();
  const said = (): string[] => {
    const fileMenu = shell.fake.Menu.shown[0]?.submenu as MenuItemConstructorOptions[];
    return [...fileMenu, ...(shell.trays[0]?.menu ?? [])].flatMap(({ label, enabled }) =>
      label !== undefined && enabled === false && /\d/.test(label) ? [label] : [],
    );
  };
  expect(said()).toEqual([]);
  app.setStatus({ state: 'offline', pending: 3, conflicts: 1 });
  const english = ['3 changes waiting to be sent', '1 change needs attention'];
  expect(said()).toEqual([...english, ...english]);
  await app.settings.update({ language: 'es' });
  const spanish = ['3 cambios por enviar', '1 cambio requiere atención'];
  expect(said()).toEqual([...spanish, ...spanish]);
  app.setStatus({ pending: 0, conflicts: 0 });
  expect(said()).toEqual([]);
});

test('progress does not draw the menu anew', async () => {
  const { shell, app } = await start();
  const before = shell.fake.Menu.shown;
  app.setStatus({ state: 'syncing' });
  expect(shell.fake.Menu.shown).toBe(before);
});

test('the menus are whole, and change with the language', async () => {
  const { shell, app } = await start();
  expect(labelsOf(shell.fake.Menu.shown)).toEqual([
    ['File', ['Sync now', 'separator', 'Quit Tallyman']],
    ['Edit', ['Undo', 'Redo', 'separator', 'Cut', 'Copy', 'Paste', 'Select all']],
    ['View', ['Actual size', 'Zoom in', 'Zoom out', 'Full screen']],
    ['Window', ['Minimise', 'Close window']],
    ['Help', ['Open the log folder', 'About Tallyman']],
  ]);
  expect(menuItem(shell.fake.Menu.shown, 'Sync now').accelerator).toBe('CmdOrCtrl+Shift+S');
  await app.settings.update({ language: 'de' });
  expect(shell.fake.Menu.shown.map(({ label }) => label)).toEqual([
    'Datei',
    'Bearbeiten',
    'Ansicht',
    'Fenster',
    'Hilfe',
  ]);
  expect(shell.trays[0]?.menu.map(({ label }) => label)).toContain('Jetzt abgleichen');
});

test('a Mac has its app menu', async () => {
  const { shell } = await start({ platform: 'darwin' });
  expect(labelsOf(shell.fake.Menu.shown).slice(0, 2)).toEqual([
    [
      'Tallyman',
      [
        'About Tallyman',
        'separator',
        'Services',
        'separator',
        'Hide Tallyman',
        'Hide others',
        'Show all',
        'separator',
        'Quit Tallyman',
      ],
    ],
    ['File', ['Sync now', 'separator', 'Close window']],
  ]);
});

test('a second start, the dock and the tray bring the window back; closing it remembers its place', async () => {
  const { shell } = await start();
  const [window] = shell.windows;
  const event = fakeEvent({});
  window?.emit('close', event);
  expect(event.prevented).toBe(true);
  shell.fake.app.emit('second-instance');
  shell.fake.app.emit('activate');
  shell.trays[0]?.emit('click');
  expect(window?.calls.slice(2)).toEqual([
    'hide',
    ...Array.from({ length: 3 }, () => ['show', 'focus']).flat(),
  ]);
  expect((await start()).shell.windows[0]?.options).toMatchObject({
    x: 10,
    y: 20,
    width: 900,
    height: 700,
  });
});

test('quitting waits for the app to close, and then lets the window go', async () => {
  const { shell, app } = await start();
  shell.fake.app.quit();
  expect(app.closed()).toBe(true);
  await vi.waitFor(() => expect(shell.fake.app.calls.at(-1)).toBe('gone'));
  const event = fakeEvent({});
  shell.windows[0]?.emit('close', event);
  expect(event.prevented).toBe(false);
  expect(shell.fake.ipcMain.eventNames()).toEqual([]);
});

test('a start that fails says why in one sentence, logs it and leaves', async () => {
  const { shell } = await start({
    failure: new TallymanError('DATA_FOLDER_IN_USE', 'Another Tallyman uses this data folder.'),
  });
  expect(shell.errorBoxes).toEqual([
    'Tallyman cannot start: Another Tallyman uses this data folder.',
  ]);
  expect(shell.fake.app.calls.at(-1)).toBe('exit 1');
  expect(readFileSync(join(folder, 'logs/main.log'), 'utf8')).toContain('cannot start');
});

test('a bug ends the app with words and no stack; the stack is in the log', async () => {
  const { shell } = await start();
  uncaught.emit('unhandledRejection', new Error('a bug'));
  expect(shell.errorBoxes).toHaveLength(1);
  expect(shell.errorBoxes[0]).not.toMatch(/a bug|\.ts/);
  expect(shell.fake.app.calls.at(-1)).toBe('exit 1');
  expect(readFileSync(join(folder, 'logs/main.log'), 'utf8')).toMatch(/a bug.*stack/);
});
