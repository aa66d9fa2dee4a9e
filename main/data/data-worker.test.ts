import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { DEFAULT_SETTINGS } from '../../shared/desktop/settings.ts';
import { syncLogInput } from '../../shared/desktop/sync-state.ts';
import { productRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { type DataWorkerClient, startDataWorker } from './data-worker-client.ts';
import type { DataWorkerEvent } from './data-worker-contract.ts';

/** Enough for the indexes to be built in a thread of their own. */
const PRODUCTS = 6_000;
const tempFolder = useTempFolders();
let server: RunningServer;
const workers: DataWorkerClient[] = [];

beforeEach(async () => {
  server = await startServer({ dataDir: tempFolder(), port: 0 });
  const products = Array.from({ length: PRODUCTS }, (_, number) => productRow(number));
  await commitChanges(server.store, (tx) => tx.insert('product', products));
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.terminate();
  await server.close();
});

async function startWorker(dataFolder: string, events: DataWorkerEvent[], resumeJobs = true) {
  const worker = await startDataWorker({
    entry: new URL('./data-worker.ts', import.meta.url),
    start: {
      dataFolder,
      finisherEntry: new URL('./replica-finisher.ts', import.meta.url).href,
      resumeJobs,
      configuration: {
        serverUrl: server.url,
        siteCodes: null,
        sync: DEFAULT_SETTINGS.sync,
      },
    },
    onEvent: (event) => events.push(event),
    onDeath: () => undefined,
  });
  workers.push(worker);
  return worker;
}

async function until(events: readonly DataWorkerEvent[], type: string): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (events.some((event) => event.kind === 'sync' && event.event.type === type)) return;
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error(`no ${type} came`);
}

const typesOf = (events: readonly DataWorkerEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'sync' ? [event.event.type] : [event.kind]));

const byHand = { syncUnit: 'full', discardPendingSyncUnits: false, reason: 'user' } as const;

test('a trigger returns at once, and the run tells its start, its data and its end', async () => {
  const events: DataWorkerEvent[] = [];
  const worker = await startWorker(tempFolder(), events);
  const { jobId, accepted } = await worker.call('trigger', byHand);
  expect(accepted).toBe('queued');
  expect(typesOf(events)).not.toContain('onSyncComplete');
  await until(events, 'onSyncComplete');
  const types = typesOf(events);
  expect(types.indexOf('onSyncStart')).toBeLessThan(types.indexOf('replicas'));
  expect(types.indexOf('replicas')).toBeLessThan(types.indexOf('onSyncComplete'));
  expect(types.filter((type) => type === 'onSyncComplete')).toHaveLength(1);
  const status = await worker.call('status', null);
  expect(status).toMatchObject({
    state: 'idle',
    running: null,
    lastResult: { jobId, outcome: 'complete', rowsReceived: PRODUCTS },
    scopes: [{ scope: 'catalogue', complete: true, rows: { product: PRODUCTS } }],
  });
  expect(status.lastResult?.bytesReceived).toBeGreaterThan(1_000);
});

test('a data folder that another worker owns is refused with the reason', async () => {
  const folder = tempFolder();
  await startWorker(folder, []);
  await expect(startWorker(folder, [])).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
});

test('a run that ends with its worker goes on at the next start', async () => {
  const folder = tempFolder();
  const first = await startWorker(folder, []);
  await first.call('trigger', byHand);
  await first.terminate();
  const events: DataWorkerEvent[] = [];
  const second = await startWorker(folder, events);
  await until(events, 'onSyncComplete');
  expect((await second.call('status', null)).scopes[0]?.rows['product']).toBe(PRODUCTS);
});

test('a server that is gone ends the run once, with a code', async () => {
  const events: DataWorkerEvent[] = [];
  const worker = await startWorker(tempFolder(), events);
  await server.close();
  await worker.call('trigger', byHand);
  await until(events, 'onSyncError');
  const log = await worker.call('log', syncLogInput.parse({}));
  expect(log).toMatchObject([
    { kind: 'run', result: { outcome: 'error', error: { code: 'SERVER_UNREACHABLE' } } },
  ]);
  expect(typesOf(events).filter((type) => type.startsWith('onSync'))).toEqual(
    expect.arrayContaining(['onSyncStart', 'onSyncError']),
  );
});

test('closing in the middle of a run is quick and leaves a folder that opens', async () => {
  const folder = tempFolder();
  const worker = await startWorker(folder, []);
  await worker.call('trigger', byHand);
  await worker.call('close', null);
  await worker.terminate();
  const again = await startWorker(folder, [], false);
  expect((await again.call('status', null)).queued).toEqual(['full']);
});
