import { EventEmitter } from 'node:events';
import type { BrowserWindow, IpcMain } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { IPC_REQUEST_CHANNEL } from '../../shared/desktop/ipc-bridge.ts';
import {
  ipcReply,
  LIVE_CALLS_MAX,
  LIVE_SUBSCRIPTIONS_MAX,
} from '../../shared/desktop/ipc-envelope.ts';
import { TallymanError } from '../../shared/errors.ts';
import { createFakeDesktopApp, type FakeDesktopApp } from '../../tests/fakes/desktop-app.ts';
import {
  FakeBrowserWindow,
  FakeFrame,
  FakeWebContents,
  ipcEvent,
} from '../../tests/fakes/electron-window.ts';
import { createFakeElectron } from '../../tests/fakes/electron.ts';
import { serveRouter } from './serve-router.ts';
import { createWindowPrinter } from './window-printer.ts';

let app: FakeDesktopApp;
let window: FakeBrowserWindow;
let ipcMain: EventEmitter;
let dropped: string[];
let stopServing: () => void;

beforeEach(() => {
  serve(createFakeDesktopApp());
});

function serve(served: FakeDesktopApp): void {
  app = served;
  window = new FakeBrowserWindow();
  ipcMain = new EventEmitter();
  ipcMain.on('electron-store-get-data', () => undefined);
  dropped = [];
  const asWindow = window as unknown as BrowserWindow;
  stopServing = serveRouter({
    ipcMain: ipcMain as unknown as IpcMain,
    window: asWindow,
    app,
    printer: createWindowPrinter(createFakeElectron('/nowhere').electron, asWindow),
    onDropped: (reason) => dropped.push(reason),
  });
}

function send(message: unknown, frame: FakeFrame | null = window.webContents.mainFrame): void {
  ipcMain.emit(IPC_REQUEST_CHANNEL, ipcEvent(window.webContents, frame), message);
}

/** Everything answered so far; each answer is held against the schema that the page trusts. */
function replies(): unknown[] {
  return window.webContents.sent.map(({ message }) => ipcReply.parse(message));
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('answers a query, runs a mutation, and takes the input from its text', async () => {
  send({ id: 1, type: 'query', path: 'catalogue.count', input: '{"text":"tea"}' });
  send({ id: 2, type: 'mutation', path: 'sync.trigger', input: '{"syncUnit":"stock"}' });
  await vi.waitFor(() => expect(replies()).toHaveLength(2));
  // Each answer names its question: which comes first is nobody's concern.
  expect(replies()).toContainEqual({ id: 1, type: 'data', data: { total: 0, ms: 0 } });
  expect(app.triggered).toEqual([
    {
      syncUnit: 'stock',
      discardPendingSyncUnits: false,
      abortRunning: false,
      reason: 'user',
    },
  ]);
});

test('streams a subscription until it is stopped, and then lets go of its source', async () => {
  send({ id: 7, type: 'subscription', path: 'sync.events' });
  await vi.waitFor(() => expect(app.subscribers()).toBe(1));
  app.emit({ type: 'dataChanged', entities: ['product'], source: 'sync' });
  app.emit({ type: 'dataChanged', entities: ['barcode'], source: 'sync' });
  await vi.waitFor(() => expect(replies()).toHaveLength(3));
  send({ type: 'stop', id: 7 });
  await vi.waitFor(() => expect(app.subscribers()).toBe(0));
  app.emit({ type: 'dataChanged', entities: ['brand'], source: 'sync' });
  await settled();
  expect(replies()).toEqual([
    { type: 'started', id: 7 },
    { type: 'data', id: 7, data: { type: 'dataChanged', entities: ['product'], source: 'sync' } },
    { type: 'data', id: 7, data: { type: 'dataChanged', entities: ['barcode'], source: 'sync' } },
    { type: 'stopped', id: 7 },
  ]);
});

test('a stopped query is cancelled and its late answer is not sent', async () => {
  let signalOf: AbortSignal | undefined;
  let finish = (): void => undefined;
  const slow = createFakeDesktopApp();
  slow.catalogue.search = (_input, signal) => {
    signalOf = signal;
    return new Promise((resolve) => {
      finish = () => resolve({ items: [], nextCursor: null, ms: 1 });
    });
  };
  serve(slow);
  send({ id: 1, type: 'query', path: 'catalogue.search', input: '{}' });
  await vi.waitFor(() => expect(signalOf).toBeDefined());
  send({ type: 'stop', id: 1 });
  expect(signalOf?.aborted).toBe(true);
  finish();
  await settled();
  expect(replies()).toEqual([{ type: 'stopped', id: 1 }]);
});

test.each([
  ['bad input', 'catalogue.product', '{"id":"x"}', 'BAD_REQUEST', 'BAD_INPUT'],
  ['input that is no JSON', 'catalogue.product', '{', 'BAD_REQUEST', 'BAD_INPUT'],
  ['a procedure that is not there', 'catalogue.drop', '{}', 'NOT_FOUND', 'INTERNAL'],
  ['a query called as one that is a mutation', 'sync.acceptServer', '{}', 'NOT_FOUND', 'INTERNAL'],
  ['an inherited name', 'constructor.constructor', '{}', 'NOT_FOUND', 'INTERNAL'],
])('%s is answered with a code and no stack', async (...[, path, input, code, wireCode]) => {
  send({ id: 1, type: 'query', path, input });
  await vi.waitFor(() => expect(replies()).toHaveLength(1));
  expect(replies()[0]).toMatchObject({
    type: 'error',
    id: 1,
    error: { data: { code, wire: { code: wireCode } } },
  });
  expect(JSON.stringify(replies())).not.toMatch(/\bat .*\.[tj]s:\d+|"stack"/);
});

test('an expected failure keeps its code, its sentence and its facts', async () => {
  const failing = createFakeDesktopApp();
  failing.catalogue.sites = () =>
    Promise.reject(new TallymanError('STORE_DAMAGED', 'Sync again.', { details: { scope: 'x' } }));
  serve(failing);
  send({ id: 1, type: 'query', path: 'catalogue.sites' });
  await vi.waitFor(() => expect(replies()).toHaveLength(1));
  expect(replies()[0]).toMatchObject({
    error: {
      data: { wire: { code: 'STORE_DAMAGED', message: 'Sync again.', details: { scope: 'x' } } },
    },
  });
});

test.each([
  ['a frame inside the page', () => new FakeFrame('app://tallyman', window.webContents.mainFrame)],
  ['a frame that is gone', () => null],
  ['another page in the window', () => (window.webContents.mainFrame = new FakeFrame('https://x'))],
  ['a look-alike', () => (window.webContents.mainFrame = new FakeFrame('app://tallyman.evil'))],
  ['a page without origin', () => (window.webContents.mainFrame = new FakeFrame('null'))],
])('%s gets no answer', async (_, frame) => {
  send({ id: 1, type: 'mutation', path: 'sync.trigger', input: '{}' }, frame());
  await settled();
  expect(dropped).toEqual(['the sender is not our page']);
  expect(replies()).toEqual([]);
  expect(app.triggered).toEqual([]);
});

test('another window gets no answer, not even with a page of ours', async () => {
  const other = new FakeWebContents();
  ipcMain.emit(IPC_REQUEST_CHANNEL, ipcEvent(other, other.mainFrame), {
    id: 1,
    type: 'mutation',
    path: 'sync.trigger',
    input: '{}',
  });
  await settled();
  expect([app.triggered, other.sent, window.webContents.sent]).toEqual([[], [], []]);
});

test.each([
  ['nothing', undefined],
  ['text', 'query'],
  ['no id', { type: 'query', path: 'app.info' }],
  ['a broken id', { id: 1.5, type: 'query', path: 'app.info' }],
  ['an unknown kind', { id: 1, type: 'eval', path: 'app.info' }],
  ['an odd path', { id: 1, type: 'query', path: '../../etc' }],
  ['a path without end', { id: 1, type: 'query', path: 'a'.repeat(101) }],
  ['an input that is no text', { id: 1, type: 'query', path: 'app.info', input: { a: 1 } }],
  ['an input without end', { id: 1, type: 'query', path: 'app.info', input: 'x'.repeat(100_001) }],
  ['a stranger in the envelope', { id: 1, type: 'query', path: 'app.info', extra: 1 }],
])('%s is dropped', async (_, message) => {
  send(message);
  await settled();
  expect(dropped).toEqual(['the message is no request of ours']);
  expect(replies()).toEqual([]);
});

test('an id that is under way is not used twice', async () => {
  send({ id: 1, type: 'subscription', path: 'sync.events' });
  send({ id: 1, type: 'query', path: 'sync.status' });
  await vi.waitFor(() => expect(replies()).toEqual([{ type: 'started', id: 1 }]));
  expect(dropped).toHaveLength(1);
});

test('there are so many subscriptions and calls at once and no more', async () => {
  const slow = createFakeDesktopApp();
  slow.catalogue.sites = () => new Promise(() => undefined);
  serve(slow);
  for (let id = 1; id <= LIVE_SUBSCRIPTIONS_MAX + 1; id++) {
    send({ id, type: 'subscription', path: 'sync.events' });
  }
  await vi.waitFor(() => expect(app.subscribers()).toBe(LIVE_SUBSCRIPTIONS_MAX));
  for (let id = 1_000; id <= 1_000 + LIVE_CALLS_MAX; id++) {
    send({ id, type: 'query', path: 'catalogue.sites' });
  }
  await settled();
  const refused = replies().filter((reply) => JSON.stringify(reply).includes('TOO_MANY_REQUESTS'));
  expect(refused).toMatchObject([
    { type: 'error', id: LIVE_SUBSCRIPTIONS_MAX + 1 },
    { type: 'error', id: 1_000 + LIVE_CALLS_MAX },
  ]);
});

test.each([
  ['a reload', () => window.webContents.emit('did-start-navigation', navigation({}))],
  ['a crash of the page', () => window.webContents.emit('render-process-gone')],
  ['the end of serving', () => stopServing()],
])('%s ends all subscriptions, silently', async (_, end) => {
  send({ id: 1, type: 'subscription', path: 'sync.events' });
  await vi.waitFor(() => expect(app.subscribers()).toBe(1));
  end();
  await vi.waitFor(() => expect(app.subscribers()).toBe(0));
  expect(replies()).toEqual([{ type: 'started', id: 1 }]);
});

test('a step within the page and a frame of its own end nothing; after a reload ids start anew', async () => {
  send({ id: 1, type: 'subscription', path: 'sync.events' });
  await vi.waitFor(() => expect(app.subscribers()).toBe(1));
  window.webContents.emit('did-start-navigation', navigation({ isSameDocument: true }));
  window.webContents.emit('did-start-navigation', navigation({ isMainFrame: false }));
  await settled();
  expect(app.subscribers()).toBe(1);
  window.webContents.emit('did-start-navigation', navigation({}));
  send({ id: 1, type: 'query', path: 'sync.status' });
  await vi.waitFor(() => expect(replies()).toHaveLength(2));
  expect(replies()[1]).toMatchObject({ type: 'data', id: 1, data: { state: 'neverSynced' } });
});

test('there is one channel, and no library has another', () => {
  expect(ipcMain.eventNames()).toEqual([IPC_REQUEST_CHANNEL]);
  stopServing();
  expect(ipcMain.eventNames()).toEqual([]);
});

function navigation(details: { isMainFrame?: boolean; isSameDocument?: boolean }) {
  return { isMainFrame: true, isSameDocument: false, ...details };
}

test('prints through the shell that has a window, and refuses what is no paper', async () => {
  send({ id: 1, type: 'query', path: 'printing.printer' });
  send({
    id: 2,
    type: 'mutation',
    path: 'printing.print',
    input: '{"paper":{"width":1e9,"height":5},"name":"x"}',
  });
  send({
    id: 3,
    type: 'mutation',
    path: 'printing.print',
    input: '{"paper":{"width":57,"height":32},"name":"x"}',
  });
  await vi.waitFor(() => expect(replies()).toHaveLength(3));
  expect(replies()).toMatchObject([
    { id: 1, data: { savesPdf: true } },
    { id: 2, type: 'error', error: { data: { wire: { code: 'BAD_INPUT' } } } },
    { id: 3, type: 'data' },
  ]);
  expect(window.webContents.printed).toEqual([{ pageSize: { width: 57_000, height: 32_000 } }]);
});
