import { expect, onTestFinished, test, vi } from 'vitest';
import { startServer } from '../../server/start-server.ts';
import { openAppBench } from '../support/app-bench.ts';
import { openEngineBench } from '../support/engine-bench.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const newFolder = useTempFolders();

test('a page whose handlers throw wedges no sync', async () => {
  const server = await startServer({ dataDir: newFolder(), port: 0 });
  const { app } = await openAppBench({ dataFolder: newFolder(), serverUrl: server.url });
  onTestFinished(async () => {
    await app.close();
    await server.close();
  });
  app.sync.subscribe(() => {
    throw new Error('syncWrapper is not a function');
  });
  const heardByTheNext: string[] = [];
  app.sync.subscribe(({ type }) => heardByTheNext.push(type));
  const complete = async (): Promise<void> => {
    const { jobId } = await app.sync.trigger({
      syncUnit: 'full',
      discardPendingSyncUnits: false,
      reason: 'tray',
    });
    await vi.waitFor(
      async () =>
        expect((await app.sync.status()).lastResult).toMatchObject({ jobId, outcome: 'complete' }),
      { timeout: 20_000 },
    );
  };
  await complete();
  await complete();
  expect(heardByTheNext.filter((type) => type === 'onSyncComplete')).toHaveLength(2);
});

test('a run that cannot even begin ends, and the next one runs', async () => {
  const bench = openEngineBench();
  bench.engine.configure({ ...bench.configuration, serverUrl: null });
  expect(await bench.run()).toMatchObject({
    type: 'onSyncError',
    result: { error: { code: 'BAD_INPUT' } },
  });
  bench.engine.configure(bench.configuration);
  expect(await bench.run()).toMatchObject({ type: 'onSyncComplete' });
});
