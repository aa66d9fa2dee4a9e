import { expect, onTestFinished, test, vi } from 'vitest';
import type { DesktopApp } from '../../main/app/desktop-app.ts';
import { createLogger } from '../../server/create-logger.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import type { SyncEvent, SyncReason } from '../../shared/desktop/sync-state.ts';
import { openAppBench } from '../support/app-bench.ts';
import { idOf, levelRow, locationRow, productRow, siteRow } from '../support/server-rows.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const newFolder = useTempFolders();
const PATIENCE = { timeout: 20_000, interval: 20 };

async function openServer(dataDir: string, port = 0): Promise<RunningServer> {
  const server = await startServer({ dataDir, port, snapshots: false });
  onTestFinished(server.close);
  return server;
}

async function fill(server: RunningServer): Promise<void> {
  await commitChanges(server.store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('product', [productRow(0)]);
    await tx.insert('location', [locationRow(0)]);
    await tx.insert('stock_level', [levelRow(1, { quantity: 10 })]);
  });
}

interface Laptop {
  app: DesktopApp;
  events: readonly SyncEvent[];
  onHand: () => Promise<number>;
  runsFor: (reason: SyncReason) => number;
}

/** Synced once, and listening. */
async function openLaptop(serverUrl: string, sync: { syncOnPoke: boolean }): Promise<Laptop> {
  const { app, events } = await openAppBench({ dataFolder: newFolder(), serverUrl, sync });
  onTestFinished(() => app.close());
  await app.sync.trigger({ syncUnit: 'full', discardPendingSyncUnits: false, reason: 'user' });
  const runsFor = (reason: SyncReason): number =>
    events.filter((event) => event.type === 'onSyncComplete' && event.result.reason === reason)
      .length;
  await vi.waitFor(() => expect(runsFor('user')).toBe(1), PATIENCE);
  const onHand = async (): Promise<number> => (await app.stock.ofProduct(idOf(0))).onHand;
  return { app, events, onHand, runsFor };
}

/** Somebody takes goods there, and sends that at once. */
async function take({ app }: Laptop, quantity: number): Promise<void> {
  await app.stock.record({
    kind: 'issue',
    productId: idOf(0),
    locationId: idOf(0),
    toLocationId: null,
    quantity,
    reason: null,
  });
  await app.sync.trigger({ syncUnit: 'send', discardPendingSyncUnits: false, reason: 'user' });
}

async function shows(laptop: Laptop, quantity: number): Promise<void> {
  await vi.waitFor(async () => expect(await laptop.onHand()).toBe(quantity), PATIENCE);
}

test('what one laptop does shows on the other, though nobody asks there', async () => {
  const server = await openServer(newFolder());
  await fill(server);
  const mover = await openLaptop(server.url, { syncOnPoke: true });
  const other = await openLaptop(server.url, { syncOnPoke: true });
  await take(mover, 3);
  await shows(other, 7);
  expect(other.runsFor('poke')).toBeGreaterThanOrEqual(1);
  expect(other.runsFor('user')).toBe(1);
  await take(other, 2);
  await shows(mover, 5);
});

test('the poke that one’s own work makes starts no run, as the run that sent it has brought it', async () => {
  const server = await openServer(newFolder());
  await fill(server);
  const mover = await openLaptop(server.url, { syncOnPoke: true });
  const other = await openLaptop(server.url, { syncOnPoke: true });
  for (let left = 9; left >= 6; left--) {
    await take(mover, 1);
    await shows(other, left);
  }
  expect(mover.runsFor('poke')).toBe(0);
});

test('a laptop that is told not to listen waits to be asked', async () => {
  const server = await openServer(newFolder());
  await fill(server);
  const mover = await openLaptop(server.url, { syncOnPoke: false });
  const deaf = await openLaptop(server.url, { syncOnPoke: false });
  const other = await openLaptop(server.url, { syncOnPoke: true });
  await take(mover, 3);
  await shows(other, 7);
  expect(await deaf.onHand()).toBe(10);
  expect(deaf.runsFor('poke')).toBe(0);
  await deaf.app.settings.update({ sync: { syncOnPoke: true } });
  await shows(deaf, 7);
});

test('a server that stopped and came back tells what happened meanwhile', async () => {
  const dataDir = newFolder();
  const before = await openServer(dataDir);
  await fill(before);
  const laptop = await openLaptop(before.url, { syncOnPoke: true });
  const port = Number(new URL(before.url).port);
  await before.close();
  const after = await openServer(dataDir, port);
  await commitChanges(after.store, (tx) =>
    tx.update('stock_level', [levelRow(1, { quantity: 4 })]),
  );
  await shows(laptop, 4);
  await commitChanges(after.store, (tx) =>
    tx.update('stock_level', [levelRow(1, { quantity: 6 })]),
  );
  await shows(laptop, 6);
});

test('a small change comes with the poke, so that nobody asks; much is asked for', async () => {
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line: string) => void lines.push(line) });
  const server = await startServer({ dataDir: newFolder(), port: 0, snapshots: false, logger });
  onTestFinished(server.close);
  await fill(server);
  const laptop = await openLaptop(server.url, { syncOnPoke: true });
  const pulls = (): number => lines.filter((line) => line.includes('/trpc/sync.pull')).length;
  const set = async (quantity: number): Promise<void> => {
    const row = levelRow(1, { quantity });
    await commitChanges(server.store, (tx) => tx.update('stock_level', [row]));
    await shows(laptop, quantity);
  };
  // It listens when it has heard of this.
  await set(20);
  const before = pulls();
  for (let quantity = 9; quantity >= 7; quantity--) await set(quantity);
  expect(pulls()).toBe(before);
  const locations = Array.from({ length: 100 }, (_, at) => locationRow(10 + at));
  await commitChanges(server.store, async (tx) => {
    await tx.insert('location', locations);
    await tx.update('stock_level', [levelRow(1, { quantity: 3 })]);
  });
  await shows(laptop, 3);
  expect(pulls()).toBeGreaterThan(before);
});

test('laptops that work at the same time and only listen end with the same', async () => {
  const server = await openServer(newFolder());
  await fill(server);
  const laptops = [];
  for (let count = 0; count < 3; count++) {
    laptops.push(await openLaptop(server.url, { syncOnPoke: true }));
  }
  await commitChanges(server.store, (tx) =>
    tx.update('stock_level', [levelRow(1, { quantity: 1_000 })]),
  );
  for (const laptop of laptops) await shows(laptop, 1_000);
  const TAKES = 12;
  await Promise.all(
    laptops.map(async (laptop) => {
      for (let count = 1; count <= TAKES; count++) await take(laptop, count);
    }),
  );
  const taken = (laptops.length * TAKES * (TAKES + 1)) / 2;
  for (const laptop of laptops) await shows(laptop, 1_000 - taken);
  for (const { events } of laptops) {
    expect(events.filter(({ type }) => type === 'onSyncError')).toEqual([]);
  }
});
