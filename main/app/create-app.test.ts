import { createServer } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { syncLogInput, type SyncReason } from '../../shared/desktop/sync-state.ts';
import { openAppBench } from '../../tests/support/app-bench.ts';
import { PASSWORD, startPeopledServer } from '../../tests/support/peopled-server.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import type { DesktopApp } from './desktop-app.ts';

const tempFolder = useTempFolders();

/** Nothing listens there, so every run fails at once. */
const NOBODY = 'http://127.0.0.1:1';

const apps: DesktopApp[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

async function openApp(options: { folder?: string; automatic?: boolean } = {}) {
  const { folder: dataFolder = tempFolder(), automatic } = options;
  const { app, events } = await openAppBench({ dataFolder, serverUrl: NOBODY, automatic });
  apps.push(app);
  const byHand = (reason: SyncReason = 'user') =>
    app.sync.trigger({ syncUnit: 'full', discardPendingSyncUnits: false, reason });
  const failures = () => events.filter((event) => event.type === 'onSyncError');
  const failureNumber = async (number: number) => {
    await vi.waitFor(() => expect(failures()).toHaveLength(number), { timeout: 20_000 });
    return failures().at(-1);
  };
  return { app, events, byHand, failureNumber };
}

test('retry settings hold from the next failure on, without a restart', async () => {
  const { app, byHand, failureNumber } = await openApp();
  await byHand('tray');
  expect(await failureNumber(1)).toMatchObject({ nextAttemptAt: null });
  await app.settings.update({ sync: { retryOnError: true, retryIntervalInSeconds: 600 } });
  await byHand('tray');
  const waiting = await failureNumber(2);
  expect(waiting).toMatchObject({ nextAttemptAt: expect.any(Number) });
  expect((await app.sync.status()).queued).toEqual(['full']);
  await app.settings.update({ sync: { retryOnError: false } });
  await byHand('tray');
  expect(await failureNumber(3)).toMatchObject({ nextAttemptAt: null });
  expect((await app.sync.status()).queued).toEqual([]);
});

test('the timer holds from the moment it is set', async () => {
  const { app, events } = await openApp();
  await app.settings.update({ sync: { intervalSeconds: 1 } });
  await vi.waitFor(
    () =>
      expect(events).toContainEqual(expect.objectContaining({ reason: 'interval', unit: 'full' })),
    { timeout: 20_000 },
  );
});

test('a sign-in syncs through the queue if the setting says so, and holds nobody up', async () => {
  const { server, add, sites } = await startPeopledServer(tempFolder());
  await add('anna', 'counter', [sites.north]);
  const { app, events } = await openAppBench({ dataFolder: tempFolder(), serverUrl: server.url });
  const logins = () =>
    events.filter((event) => event.type === 'onSyncComplete' && event.result.reason === 'login');
  const signIn = () => app.session.signIn({ login: 'anna', password: PASSWORD });
  try {
    await signIn();
    // The first brings what is not here, whatever is set.
    await vi.waitFor(() => expect(logins()).toHaveLength(1), { timeout: 20_000 });
    await signIn();
    await app.sync.trigger({ syncUnit: 'full', discardPendingSyncUnits: false, reason: 'user' });
    await vi.waitFor(
      () => expect(events).toContainEqual(expect.objectContaining({ reason: 'user' })),
      { timeout: 20_000 },
    );
    expect(logins()).toHaveLength(1);
    await app.settings.update({ sync: { syncOnLogin: true } });
    expect(await signIn()).toMatchObject({ kind: 'signedIn' });
    await vi.waitFor(() => expect(logins()).toHaveLength(2), { timeout: 20_000 });
  } finally {
    await app.close();
    await server.close();
  }
});

test('a page that syncs whenever a sync has ended is stopped, and the log says so', async () => {
  const { app, byHand } = await openApp();
  let runs = 0;
  let suppressed = 0;
  app.sync.subscribe((event) => {
    if (event.type !== 'onSyncError') return;
    runs += 1;
    void byHand('user').then(({ accepted }) => {
      if (accepted === 'suppressed') suppressed += 1;
    });
  });
  await byHand('user');
  await vi.waitFor(() => expect(suppressed).toBe(1), { timeout: 20_000 });
  expect(runs).toBe(2);
  const notes = await app.sync.log(syncLogInput.parse({ outcome: 'notes' }));
  expect(notes).toMatchObject([{ kind: 'note', note: { type: 'loopSuppressed', unit: 'full' } }]);
  const errors = await app.sync.log(syncLogInput.parse({ outcome: 'error', limit: 1 }));
  expect(errors).toMatchObject([
    { kind: 'run', result: { error: { code: 'SERVER_UNREACHABLE' } } },
  ]);
});

test('checklist 12: discarding drops the units that wait, and the log says which', async () => {
  const { app } = await openApp();
  const trigger = (syncUnit: 'full' | 'stock' | 'catalogue', discardPendingSyncUnits = false) =>
    app.sync.trigger({ syncUnit, discardPendingSyncUnits, reason: 'user' });
  await Promise.all([trigger('full'), trigger('stock'), trigger('catalogue', true)]);
  const notes = await app.sync.log(syncLogInput.parse({ outcome: 'notes' }));
  expect(notes).toMatchObject([{ note: { type: 'unitsDiscarded', units: ['stock'] } }]);
});

test('L7: a unit that waits survives a restart of the app', async () => {
  const folder = tempFolder();
  const first = await openApp({ folder });
  await first.app.settings.update({ sync: { retryOnError: true, retryIntervalInSeconds: 600 } });
  await first.byHand('tray');
  await first.failureNumber(1);
  await first.app.close();
  apps.length = 0;
  const second = await openApp({ folder, automatic: false });
  expect((await second.app.sync.status()).queued).toEqual(['full']);
});

test('another server address stops a run that still asks the old one', async () => {
  const { app, events, byHand } = await openApp();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await app.settings.update({ serverUrl: `http://127.0.0.1:${port}` });
  await byHand('tray');
  await vi.waitFor(async () => expect((await app.sync.status()).state).toBe('syncing'), {
    timeout: 20_000,
  });
  await app.settings.update({ serverUrl: NOBODY });
  await vi.waitFor(
    () =>
      expect(events).toContainEqual(
        expect.objectContaining({
          type: 'onSyncError',
          result: expect.objectContaining({ outcome: 'cancelled' }),
        }),
      ),
    { timeout: 20_000 },
  );
  server.close();
});
