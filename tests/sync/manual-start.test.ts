import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { desktopRouter } from '../../main/app/desktop-router.ts';
import { openAppBench } from '../support/app-bench.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const newFolder = useTempFolders();

test('whoever starts a sync by hand gets a job at once, even from a server that never answers', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const serverUrl = `http://127.0.0.1:${port}`;
  const { app } = await openAppBench({ dataFolder: newFolder(), serverUrl, automatic: false });
  onTestFinished(async () => {
    await app.close();
    silent.close();
  });
  const page = desktopRouter.createCaller({ app });
  const { jobId, accepted } = await page.sync.trigger({});
  expect(accepted).toBe('queued');
  expect(await page.sync.status()).toMatchObject({ state: 'syncing', running: { jobId } });
});

test('a page has no way to start a sync but the trigger', () => {
  expect(Object.keys(desktopRouter.sync).toSorted()).toEqual([
    'acceptServer',
    'cancel',
    'events',
    'log',
    'status',
    'trigger',
  ]);
});
