import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { openAppBench } from '../../tests/support/app-bench.ts';
import { productRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import type { DesktopApp } from './desktop-app.ts';

const tempFolder = useTempFolders();
let server: RunningServer;
let app: DesktopApp | null = null;
beforeEach(async () => {
  server = await startServer({ dataDir: tempFolder(), port: 0 });
  await commitChanges(server.store, (tx) => tx.insert('product', [productRow(1)]));
});
afterEach(async () => {
  await app?.close();
  await server.close();
});

test('what a person does while online is on the server within seconds, with every switch off', async () => {
  const bench = await openAppBench({ dataFolder: tempFolder(), serverUrl: server.url });
  ({ app } = bench);
  const { events } = bench;
  const completed = (unit: string) =>
    vi.waitFor(
      () =>
        expect(events).toContainEqual(
          expect.objectContaining({
            type: 'onSyncComplete',
            result: expect.objectContaining({ unit }),
          }),
        ),
      { timeout: 20_000 },
    );
  await bench.app.sync.trigger({
    syncUnit: 'full',
    discardPendingSyncUnits: false,
    reason: 'user',
  });
  await completed('full');
  await bench.app.records.write([
    { kind: 'create', entity: 'product_note', id: productRow(1).id, row: { text: 'top shelf' } },
  ]);
  expect((await bench.app.sync.status()).pending).toBe(1);
  await completed('send');
  expect(events.findLast((event) => event.type === 'onSyncComplete')).toMatchObject({
    result: { reason: 'localChange', rowsSent: 1 },
  });
  expect((await bench.app.sync.status()).pending).toBe(0);
});
