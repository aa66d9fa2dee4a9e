import type { BrowserWindow } from 'electron';
import { describe, expect, test } from 'vitest';
import { FakeBrowserWindow, fakeEvent } from '../../tests/fakes/electron-window.ts';
import { createFakeElectron } from '../../tests/fakes/electron.ts';
import { keepWindow } from './close-behaviour.ts';
import { createMainWindow, loadPage, showWindow, webPreferencesOf } from './main-window.ts';
import { revivePage } from './revive-page.ts';
import { windowBounds } from './window-bounds.ts';

const MAIN = { x: 0, y: 0, width: 1_920, height: 1_040 };
const LEFT = { x: -1_280, y: 100, width: 1_280, height: 900 };
const asWindow = (window: FakeBrowserWindow) => window as unknown as BrowserWindow;

test('a page gets a sandbox and nothing that weakens it', () => {
  expect(webPreferencesOf(new URL('file:///app/out/preload/preload.cjs'), false)).toEqual({
    preload: '/app/out/preload/preload.cjs',
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
    devTools: false,
  });
});

test('the window is at least 800 by 600, and seen only when it has something to show', async () => {
  const { electron, windows } = createFakeElectron('/nowhere');
  const window = createMainWindow({
    electron,
    preload: new URL('file:///preload.cjs'),
    rememberedBounds: { x: 5, y: 6, width: 850, height: 650 },
    withDevTools: false,
  });
  const [fake] = windows;
  expect(fake?.options).toMatchObject({
    show: false,
    minWidth: 800,
    minHeight: 600,
    x: 5,
    y: 6,
    width: 850,
    height: 650,
  });
  await loadPage(window);
  expect(fake?.calls).toEqual(['load app://tallyman/', 'show']);
});

test('a minimised window comes back in front', () => {
  const window = new FakeBrowserWindow();
  window.minimize();
  showWindow(asWindow(window));
  expect(window.calls).toEqual(['minimize', 'restore', 'show', 'focus']);
});

test.each([
  ['nothing', undefined, { x: 320, y: 120, width: 1_280, height: 800 }],
  ['rubbish', { x: 'left' }, { x: 320, y: 120, width: 1_280, height: 800 }],
  ['no size', { x: 0, y: 0, width: 0, height: 0 }, { x: 320, y: 120, width: 1_280, height: 800 }],
  [
    'a good place',
    { x: 50, y: 60, width: 900, height: 700 },
    { x: 50, y: 60, width: 900, height: 700 },
  ],
  [
    'the other screen',
    { x: -1_200, y: 200, width: 900, height: 700 },
    { x: -1_200, y: 200, width: 900, height: 700 },
  ],
  [
    'a screen that is gone',
    { x: 9_000, y: 9_000, width: 900, height: 700 },
    { x: 1_020, y: 340, width: 900, height: 700 },
  ],
  [
    'a title bar out of reach',
    { x: 100, y: -500, width: 900, height: 700 },
    { x: 100, y: 0, width: 900, height: 700 },
  ],
  ['a bigger screen', { x: 0, y: 0, width: 3_840, height: 2_160 }, MAIN],
  [
    'too small',
    { x: 10, y: 10, width: 200, height: 100 },
    { x: 10, y: 10, width: 800, height: 600 },
  ],
])('the window that remembers %s opens in sight', (...[, remembered, expected]) => {
  expect(windowBounds(remembered, [MAIN, LEFT])).toEqual(expected);
});

test('on a screen smaller than the window, it fits', () => {
  const small = { x: 0, y: 25, width: 700, height: 500 };
  expect(windowBounds({ x: 0, y: 0, width: 900, height: 700 }, [small])).toEqual(small);
});

describe('the close button', () => {
  function close(platform: NodeJS.Platform, hasTray: boolean, isQuitting = false) {
    const window = new FakeBrowserWindow();
    let remembered = 0;
    keepWindow(asWindow(window), {
      platform,
      hasTray: () => hasTray,
      isQuitting: () => isQuitting,
      onClosed: () => remembered++,
    });
    const event = fakeEvent({});
    window.emit('close', event);
    return { kept: event.prevented, calls: window.calls, remembered };
  }

  test.each([
    ['win32', true, 'hide'],
    ['win32', false, 'minimize'],
    ['linux', true, 'hide'],
    ['linux', false, 'minimize'],
    ['darwin', true, 'hide'],
    ['darwin', false, 'hide'],
  ] as const)('on %s with a tray %s: %s', (platform, hasTray, call) => {
    expect(close(platform, hasTray)).toEqual({ kept: true, calls: [call], remembered: 1 });
  });

  test.each(['win32', 'linux', 'darwin'] as const)('on %s lets the app quit', (platform) => {
    expect(close(platform, true, true)).toEqual({ kept: false, calls: [], remembered: 1 });
  });
});

describe('a page whose process is gone', () => {
  function setUp(answers: boolean[]) {
    const window = new FakeBrowserWindow();
    const log: string[] = [];
    let now = 0;
    revivePage(asWindow(window), {
      now: () => now,
      onGone: ({ reason }) => log.push(reason),
      askForReload: async () => {
        log.push('asked');
        return answers.shift() ?? false;
      },
      quit: () => log.push('quit'),
    });
    const die = async (reason: string, after: number): Promise<void> => {
      now += after;
      window.webContents.emit('render-process-gone', {}, { reason });
      await Promise.resolve();
      await Promise.resolve();
    };
    return { die, log, reloads: () => window.webContents.reloads };
  }

  test('is loaded again, unless it left by itself', async () => {
    const { die, log, reloads } = setUp([]);
    await die('crashed', 0);
    await die('clean-exit', 1_000);
    expect([reloads(), log]).toEqual([1, ['crashed']]);
  });

  test('asks a person after three times in a minute, and heeds the answer', async () => {
    const { die, log, reloads } = setUp([true, false]);
    for (let death = 0; death < 4; death++) await die('oom', 1_000);
    expect([reloads(), log.slice(-2)]).toEqual([4, ['oom', 'asked']]);
    for (let death = 0; death < 3; death++) await die('oom', 1_000);
    expect([reloads(), log.slice(-2)]).toEqual([6, ['asked', 'quit']]);
  });

  test('never asks when it happens now and then', async () => {
    const { die, log, reloads } = setUp([]);
    for (let death = 0; death < 10; death++) await die('crashed', 40_000);
    expect([reloads(), log.includes('asked')]).toEqual([10, false]);
  });
});
