import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { catalogueCountInput, catalogueSearchInput } from '../../shared/desktop/catalogue-views.ts';
import { testId, writeCatalogueFile } from '../../tests/support/replica-fixture.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { WorkStore } from '../store/work-store.ts';
import { createReaderPool, type ReaderPool } from './reader-pool.ts';

const tempFolder = useTempFolders();
const pools: ReaderPool[] = [];

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

function newPool(entry = new URL('./reader-worker.ts', import.meta.url)): ReaderPool {
  const pool = createReaderPool({ entry, dataFolder: dataFolderWithStore() });
  pools.push(pool);
  return pool;
}

function dataFolderWithStore(): string {
  const folder = tempFolder();
  WorkStore.open(folder, () => testId('row', 1)).close();
  return folder;
}

function catalogueOf(...names: string[]) {
  const file = join(tempFolder(), 'catalogue.db');
  writeCatalogueFile(file, { products: names.map((name, number) => ({ number, name })) });
  return [{ scope: 'catalogue' as const, file }];
}

async function namesIn(pool: ReaderPool, text = ''): Promise<string[]> {
  const { items } = await pool.catalogue.search(catalogueSearchInput.parse({ text }));
  return items.map(({ name }) => name);
}

test('reads in worker threads, and nothing before there are files', async () => {
  const pool = newPool();
  expect(await namesIn(pool)).toEqual([]);
  await pool.openReplicas(catalogueOf('Bolt', 'Nut'));
  expect(await namesIn(pool, 'bo')).toEqual(['Bolt']);
});

test('switches files without failing a request under way', async () => {
  const pool = newPool();
  await pool.openReplicas(catalogueOf('Old'));
  const asked = Array.from({ length: 50 }, () => namesIn(pool));
  const switched = pool.openReplicas(catalogueOf('New'));
  for (const names of await Promise.all(asked)) expect(['Old', 'New']).toContain(names[0]);
  await switched;
  expect(await namesIn(pool)).toEqual(['New']);
});

test('a reader that starts late reads the newest files, too', async () => {
  const pool = newPool(new URL('../../tests/support/telling-reader.ts', import.meta.url));
  const opened = pool.openReplicas(catalogueOf('Old'));
  await pool.openReplicas(catalogueOf('New'));
  await opened;
  const threads = new Set<string | null>();
  await vi.waitFor(
    async () => {
      const asked = [1, 2].map(() => pool.catalogue.search(catalogueSearchInput.parse({})));
      for (const { items } of await Promise.all(asked)) {
        expect(items.map(({ name }) => name)).toEqual(['New']);
        for (const { brand } of items) threads.add(brand);
      }
      expect(threads.size).toBe(2);
    },
    { timeout: 20_000 },
  );
  expect(threads.size).toBe(2);
});

test('a cancelled request ends at once with CANCELLED', async () => {
  const pool = newPool();
  await pool.openReplicas(catalogueOf('Bolt'));
  const controller = new AbortController();
  const search = pool.catalogue.search(catalogueSearchInput.parse({}), controller.signal);
  controller.abort();
  await expect(search).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await namesIn(pool)).toEqual(['Bolt']);
});

describe('while readers are busy', () => {
  const busyReader = new URL('../../tests/support/busy-reader.ts', import.meta.url);
  const searchInput = (text: string) => catalogueSearchInput.parse({ text });
  const countInput = catalogueCountInput.parse({ text: 'n' });

  test('searches that newer ones supersede never start', async () => {
    const pool = newPool(busyReader);
    // One for each reader.
    const busy = [pool.catalogue.count(countInput), pool.catalogue.scan('1')];
    const asked = ['n', 'nu', 'nut'].map((text) => {
      const controller = new AbortController();
      const search = pool.catalogue.search(searchInput(text), controller.signal);
      if (text !== 'nut') controller.abort();
      return search;
    });
    const [first, second, last] = await Promise.allSettled(asked);
    expect([first?.status, second?.status]).toEqual(['rejected', 'rejected']);
    expect(last).toMatchObject({ value: { nextCursor: 'nut' } });
    await Promise.all(busy);
  });

  test('a count keeps no search waiting, not even after it was cancelled', async () => {
    const pool = newPool(busyReader);
    const ended: string[] = [];
    const controller = new AbortController();
    const cancelled = pool.catalogue.count(countInput, controller.signal);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    const counted = pool.catalogue.count(countInput).then(() => ended.push('count'));
    for (const text of ['n', 'nu']) {
      await pool.catalogue.search(searchInput(text));
      ended.push(text);
    }
    await counted;
    expect(ended).toEqual(['n', 'nu', 'count']);
  });
});

test('a reader that dies is replaced, opens the same files, and its requests are asked again', async () => {
  const pool = newPool(new URL('../../tests/support/dying-reader.ts', import.meta.url));
  await pool.openReplicas(catalogueOf('Bolt'));
  // This reader dies of the code; both of the pool do, so the request fails in the end and says why.
  await expect(pool.catalogue.scan('die')).rejects.toMatchObject({ code: 'WORKER_DIED' });
  expect(await namesIn(pool)).toEqual(['Bolt']);
  expect(await namesIn(pool)).toEqual(['Bolt']);
});

test('a damaged file is an error with a code, and the files before it stay in use', async () => {
  const pool = newPool();
  await pool.openReplicas(catalogueOf('Bolt'));
  const missing = [{ scope: 'catalogue' as const, file: join(tempFolder(), 'none.db') }];
  await expect(pool.openReplicas(missing)).rejects.toThrow('unable to open');
  expect(await namesIn(pool)).toEqual(['Bolt']);
});
