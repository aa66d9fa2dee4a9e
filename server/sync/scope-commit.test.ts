import { expect, onTestFinished, test } from 'vitest';
import { CATALOGUE_SCOPE, siteScope } from '../../shared/sync/scope.ts';
import { recountScopes, storedDigests } from '../../tests/support/recount-scopes.ts';
import {
  barcodeRow,
  idOf,
  levelRow,
  locationRow,
  productRow,
  siteRow,
} from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import type { ServerStore } from '../store/open-store.ts';
import { OPERATION_DELETE, OPERATION_LEAVE, OPERATION_PUT } from '../store/server-database.ts';
import { commitChanges } from './scope-commit.ts';

const newFolder = useTempFolders();

async function newStore(dataDir = newFolder()): Promise<ServerStore> {
  const store = await openTestStore({ dataDir });
  onTestFinished(() => store.close());
  return store;
}

async function versionOf(store: ServerStore, scope: string): Promise<number | undefined> {
  const row = await store.reader
    .selectFrom('sync_scope')
    .select('version')
    .where('scope', '=', scope)
    .executeTakeFirst();
  return row?.version;
}

async function changesOf(store: ServerStore, id: string) {
  return store.reader
    .selectFrom('sync_change')
    .innerJoin('sync_scope', 'sync_scope.scope_id', 'sync_change.scope_id')
    .select(['scope', 'sync_change.version', 'operation'])
    .where('id', '=', id)
    .orderBy('scope')
    .execute();
}

test('a commit raises each touched scope by one and stamps its rows with the version', async () => {
  const store = await newStore();
  await commitChanges(store, (tx) => tx.insert('site', [siteRow(1)]));
  const { versions } = await commitChanges(store, async (tx) => {
    await tx.insert('product', [productRow(2), productRow(3)]);
    await tx.insert('location', [locationRow(4, { site_id: idOf(1) })]);
  });
  expect([...versions]).toEqual([
    [CATALOGUE_SCOPE, 2],
    [siteScope(idOf(1)), 1],
  ]);
  const products = await store.reader.selectFrom('product').select('row_version').execute();
  expect(products).toEqual([{ row_version: 2 }, { row_version: 2 }]);
  expect(await storedDigests(store)).toEqual(await recountScopes(store));
});

test('an update that changes nothing raises no version', async () => {
  const store = await newStore();
  await commitChanges(store, (tx) => tx.insert('product', [productRow(1)]));
  const { result, versions } = await commitChanges(store, (tx) =>
    tx.update('product', [productRow(1)]),
  );
  expect(result).toBe(0);
  expect(versions.size).toBe(0);
  expect(await versionOf(store, CATALOGUE_SCOPE)).toBe(1);
});

test('the change index has one entry per row, however often it changed', async () => {
  const store = await newStore();
  await commitChanges(store, async (tx) => {
    await tx.insert('product', [productRow(1)]);
    await tx.update('product', [productRow(1, { name: 'Twice in one commit' })]);
  });
  for (const name of ['A', 'B', 'C']) {
    await commitChanges(store, (tx) => tx.update('product', [productRow(1, { name })]));
  }
  expect(await changesOf(store, idOf(1))).toEqual([
    { scope: CATALOGUE_SCOPE, version: 4, operation: OPERATION_PUT },
  ]);
  await commitChanges(store, (tx) => tx.remove('product', [idOf(1)]));
  expect(await changesOf(store, idOf(1))).toEqual([
    { scope: CATALOGUE_SCOPE, version: 5, operation: OPERATION_DELETE },
  ]);
  expect(await storedDigests(store)).toEqual(new Map([[CATALOGUE_SCOPE, { count: 0, sum: 0 }]]));
});

test('a row that goes to another site leaves its scope and enters the other, and may come back', async () => {
  const store = await newStore();
  const [north, south] = [siteScope(idOf(1)), siteScope(idOf(2))];
  const inNorth = locationRow(3, { site_id: idOf(1) });
  const inSouth = locationRow(3, { site_id: idOf(2) });
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(1), siteRow(2)]);
    await tx.insert('location', [inNorth]);
  });
  const { versions } = await commitChanges(store, (tx) => tx.update('location', [inSouth]));
  expect([...versions.keys()]).toEqual([north, south]);
  expect(await changesOf(store, idOf(3))).toEqual([
    { scope: north, version: 2, operation: OPERATION_LEAVE },
    { scope: south, version: 1, operation: OPERATION_PUT },
  ]);
  expect(await storedDigests(store)).toEqual(await recountScopes(store));
  await commitChanges(store, (tx) => tx.update('location', [inNorth]));
  expect(await changesOf(store, idOf(3))).toEqual([
    { scope: north, version: 3, operation: OPERATION_PUT },
    { scope: south, version: 2, operation: OPERATION_LEAVE },
  ]);
  expect(await storedDigests(store)).toEqual(await recountScopes(store));
});

test('a commit that fails leaves nothing', async () => {
  const store = await newStore();
  await commitChanges(store, (tx) => tx.insert('product', [productRow(1)]));
  const before = await storedDigests(store);
  await expect(
    commitChanges(store, (tx) =>
      tx.insert('product', [productRow(2), productRow(3, { sku: 'SKU-1' })]),
    ),
  ).rejects.toMatchObject({ code: 'CONFLICT', details: { entity: 'product', columns: 'sku' } });
  await expect(
    commitChanges(store, async (tx) => {
      await tx.insert('product', [productRow(4)]);
      throw new Error('the work failed');
    }),
  ).rejects.toThrow('the work failed');
  expect(await storedDigests(store)).toEqual(before);
  expect(await versionOf(store, CATALOGUE_SCOPE)).toBe(1);
  const left = await store.reader.selectFrom('product').select('id').execute();
  expect(left).toEqual([{ id: idOf(1) }]);
});

test('references are judged: neither a missing parent nor a removed one', async () => {
  const store = await newStore();
  await expect(
    commitChanges(store, (tx) => tx.insert('barcode', [barcodeRow(1, { product_id: idOf(9) })])),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
  await commitChanges(store, async (tx) => {
    await tx.insert('product', [productRow(9)]);
    await tx.insert('barcode', [barcodeRow(1, { product_id: idOf(9) })]);
  });
  await expect(commitChanges(store, (tx) => tx.remove('product', [idOf(9)]))).rejects.toMatchObject(
    { code: 'CONFLICT' },
  );
  await expect(
    commitChanges(store, (tx) => tx.update('product', [productRow(77)])),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(
    commitChanges(store, (tx) => tx.insert('location', [locationRow(1, { site_id: idOf(5) })])),
  ).rejects.toMatchObject({ code: 'UNKNOWN_SITE' });
});

test('the scope of a site ends with the site, and begins anew with another epoch', async () => {
  const store = await newStore();
  const scope = siteScope(idOf(1));
  const epochOf = async () =>
    store.reader
      .selectFrom('sync_scope')
      .select(['epoch', 'version', 'row_count'])
      .where('scope', '=', scope)
      .executeTakeFirst();
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(1)]);
    await tx.insert('location', [locationRow(2, { site_id: idOf(1) })]);
  });
  const first = await epochOf();
  await commitChanges(store, async (tx) => {
    await tx.remove('location', [idOf(2)]);
    await tx.remove('site', [idOf(1)]);
  });
  expect(await epochOf()).toBeUndefined();
  await commitChanges(store, (tx) => tx.insert('site', [siteRow(1)]));
  const second = await epochOf();
  expect(second).toMatchObject({ version: 0, row_count: 0 });
  expect(second?.epoch).not.toBe(first?.epoch);
});

test('versions of interleaved writers in two processes become visible in their order, without a gap', async () => {
  const dataDir = newFolder();
  const here = await newStore(dataDir);
  // A second connection stands for an import that writes into the folder of a running server.
  const there = await newStore(dataDir);
  const seen: number[] = [];
  let isWriting = true;
  const watch = (async () => {
    while (isWriting) {
      const rows = await here.reader
        .selectFrom('sync_change')
        .select('version')
        .distinct()
        .orderBy('version')
        .execute();
      // All of 1…N at every moment: each commit below enters one row that never changes again.
      expect(rows.map(({ version }) => version)).toEqual(rows.map((_, at) => at + 1));
      seen.push(rows.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const write = async (store: ServerStore, from: number): Promise<void> => {
    for (let number = from; number < from + 25; number++) {
      await commitChanges(store, (tx) => tx.insert('product', [productRow(number)]));
    }
  };
  await Promise.all([write(here, 100), write(here, 200), write(there, 300), write(there, 400)]);
  isWriting = false;
  await watch;
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(await versionOf(here, CATALOGUE_SCOPE)).toBe(100);
  expect(await storedDigests(here)).toEqual(await recountScopes(here));
});

test('thousands of rows in one commit are all entered', async () => {
  const store = await newStore();
  const products = Array.from({ length: 3_001 }, (_, at) => productRow(at));
  await commitChanges(store, (tx) => tx.insert('product', products));
  const archived = products.map((row, at) => (at % 2 === 0 ? { ...row, archived: true } : row));
  const { result } = await commitChanges(store, (tx) => tx.update('product', archived));
  expect(result).toBe(1_501);
  const removed = await commitChanges(store, (tx) =>
    tx.remove(
      'product',
      products.slice(0, 1_000).map(({ id }) => id),
    ),
  );
  expect(removed.result).toBe(1_000);
  expect(await storedDigests(store)).toEqual(await recountScopes(store));
});

test('levels of stock belong to the scope of their site', async () => {
  const store = await newStore();
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('product', [productRow(0)]);
    await tx.insert('location', [locationRow(0)]);
    await tx.insert('stock_level', [levelRow(5)]);
  });
  expect((await storedDigests(store)).get(siteScope(idOf(0)))?.count).toBe(2);
  expect(await storedDigests(store)).toEqual(await recountScopes(store));
});
