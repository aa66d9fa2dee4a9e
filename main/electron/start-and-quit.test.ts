import { resolve } from 'node:path';
import type { App } from 'electron';
import { expect, test, vi } from 'vitest';
import { createFakeElectron } from '../../tests/fakes/electron.ts';
import { argumentsOf, claimInstance } from './claim-instance.ts';
import { quitSafely } from './quit-safely.ts';

function fakeApp() {
  const { app } = createFakeElectron('/nowhere').fake;
  return { app, asApp: app as unknown as App };
}

test('the one instance takes the lock of its data folder before anything else', () => {
  const { app, asApp } = fakeApp();
  expect(claimInstance(asApp, { data: 'some/folder' })).toBe(true);
  expect(app.calls).toEqual([`userData=${resolve('some/folder')}`, 'lock']);
});

test('another instance leaves at once', () => {
  const { app, asApp } = fakeApp();
  app.hasLock = false;
  expect(claimInstance(asApp, {})).toBe(false);
  expect(app.calls).toEqual(['lock', 'exit 0']);
});

test.each([
  [['/app', '--data', 'd', '--server', 'http://s'], { data: 'd', server: 'http://s' }],
  [['--data=d', '--enable-features=x', '--no-sandbox', '-psn_0_1'], { data: 'd' }],
  [['--data'], {}],
  [['--data='], {}],
  [[], {}],
])('of %j it reads its own', (argv, expected) => {
  expect(argumentsOf(argv)).toEqual({ data: undefined, server: undefined, ...expected });
});

test('quitting closes once, however often it is asked for', async () => {
  const { app, asApp } = fakeApp();
  let closes = 0;
  let finish = (): void => undefined;
  const isQuitting = quitSafely(asApp, {
    close: () => {
      closes += 1;
      return new Promise((done) => {
        finish = done;
      });
    },
    onFailure: () => undefined,
    wait: () => new Promise(() => undefined),
  });
  expect(isQuitting()).toBe(false);
  app.quit();
  app.quit();
  expect([closes, isQuitting(), app.calls]).toEqual([1, true, ['quit', 'quit']]);
  finish();
  await vi.waitFor(() => expect(app.calls).toEqual(['quit', 'quit', 'quit', 'gone']));
});

test.each([
  ['fails', () => Promise.reject(new Error('disk gone')), 1],
  ['never ends', () => new Promise<void>(() => undefined), 0],
])('the app quits even if closing %s', async (_, close, failures) => {
  const { app, asApp } = fakeApp();
  const failed: unknown[] = [];
  quitSafely(asApp, {
    close,
    onFailure: (error) => failed.push(error),
    wait: () => new Promise((done) => setImmediate(done)),
  });
  app.quit();
  await vi.waitFor(() => expect(app.calls.at(-1)).toBe('gone'));
  expect(failed).toHaveLength(failures);
});
