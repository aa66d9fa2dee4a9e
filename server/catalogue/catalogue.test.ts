import { beforeEach, expect, onTestFinished, test } from 'vitest';
import {
  barcodeRow,
  categoryRow,
  idOf,
  productRow,
  siteRow,
} from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import { createTenantAuth } from '../auth/tenant-auth.ts';
import { serverRouter } from '../router.ts';
import type { ServerStore } from '../store/open-store.ts';

const newFolder = useTempFolders();

function callerOf(store: ServerStore) {
  return serverRouter.createCaller({
    store,
    now: Date.now,
    snapshots: null,
    actor: { kind: 'open' },
    auth: createTenantAuth({ store, now: Date.now }),
    address: '127.0.0.1',
    requestId: 'test',
    reportFailure: () => undefined,
  });
}

let call: ReturnType<typeof callerOf>;
beforeEach(async () => {
  const store = await openTestStore({ dataDir: newFolder() });
  onTestFinished(() => store.close());
  call = callerOf(store);
});

function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => (error as { cause?: { code?: unknown } }).cause?.code,
  );
}

function barcodeInput(number: number, change: { code?: string; pack_quantity?: number } = {}) {
  const { product_id: _, ...row } = barcodeRow(number, change);
  return row;
}

test('a product is made, changed and left alone', async () => {
  const { upsert, byId } = call.catalogue.products;
  expect(await upsert(productRow(1))).toEqual({ outcome: 'created' });
  expect(await upsert(productRow(1))).toEqual({ outcome: 'unchanged' });
  expect(await upsert(productRow(1, { name: 'New' }))).toEqual({ outcome: 'updated' });
  expect(await byId({ id: idOf(1).toUpperCase() })).toEqual({
    ...productRow(1, { name: 'New' }),
    barcodes: [],
  });
  expect(await codeOf(byId({ id: idOf(2) }))).toBe('NOT_FOUND');
});

test('a list of barcodes replaces those that a product has', async () => {
  const { upsert, byId } = call.catalogue.products;
  const product = productRow(1);
  await upsert({ ...product, barcodes: [barcodeInput(10), barcodeInput(11)] });
  expect(await upsert({ ...product, barcodes: [barcodeInput(10), barcodeInput(11)] })).toEqual({
    outcome: 'unchanged',
  });
  // The code of the one that goes is taken over by the one that comes.
  const taken = barcodeInput(12, { code: 'code-11', pack_quantity: 6 });
  expect(await upsert({ ...product, barcodes: [barcodeInput(10), taken] })).toEqual({
    outcome: 'updated',
  });
  await upsert({ ...product, name: 'Without a list they stay' });
  const { barcodes } = await byId({ id: product.id });
  expect(barcodes.map(({ code, pack_quantity }) => [code, pack_quantity])).toEqual([
    ['code-10', 1],
    ['code-11', 6],
  ]);
});

test('a clash is said in plain words and changes nothing', async () => {
  const { upsert, byId } = call.catalogue.products;
  await upsert({ ...productRow(1), barcodes: [barcodeInput(10)] });
  const clash = upsert({
    ...productRow(2),
    barcodes: [barcodeInput(11, { code: 'code-10' })],
  });
  await expect(clash).rejects.toMatchObject({
    code: 'CONFLICT',
    cause: { code: 'CONFLICT', message: 'There is already a barcode with this code.' },
  });
  expect(await codeOf(byId({ id: idOf(2) }))).toBe('NOT_FOUND');
});

test('an archived product can be had back', async () => {
  const { upsert, archive, byId } = call.catalogue.products;
  await upsert(productRow(1));
  await archive({ id: idOf(1) });
  expect(await byId({ id: idOf(1) })).toMatchObject({ archived: true });
  await archive({ id: idOf(1), archived: false });
  expect(await byId({ id: idOf(1) })).toMatchObject({ archived: false });
  expect(await codeOf(archive({ id: idOf(2) }))).toBe('NOT_FOUND');
});

test('pages of a list are in the order of names and miss nothing', async () => {
  const { upsert, list } = call.catalogue.products;
  for (let number = 0; number < 25; number++) {
    // Every name three times, so that pages end between equal names.
    await upsert(productRow(number, { name: `Äpfel ${Math.floor(number / 3)}` }));
  }
  const seen: string[] = [];
  let after: Parameters<typeof list>[0]['after'] = null;
  do {
    const page = await list({ after, limit: 4 });
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  expect(seen.length).toBe(25);
  expect(new Set(seen).size).toBe(25);
});

test('search finds by barcode first, then by SKU and by name, whatever the case and accents', async () => {
  const { upsert, search } = call.catalogue.products;
  await upsert(productRow(1, { name: 'Kräutertee', sku: 'K-1' }));
  await upsert(productRow(2, { name: 'Kreide', sku: 'K-2' }));
  await upsert({
    ...productRow(3, { name: 'Чай', sku: 'X' }),
    barcodes: [barcodeInput(10, { code: 'K-1' })],
  });
  const namesOf = async (text: string) =>
    (await search({ text, limit: 10 })).rows.map(({ name }) => name);
  expect(await namesOf('KRAU')).toEqual(['Kräutertee']);
  expect(await namesOf('kr')).toEqual(['Kräutertee', 'Kreide']);
  expect(await namesOf('чай')).toEqual(['Чай']);
  expect(await namesOf('K-')).toEqual(expect.arrayContaining(['Kräutertee', 'Kreide']));
  expect(await namesOf('K-1')).toEqual(['Чай', 'Kräutertee']);
  expect(await namesOf('%')).toEqual([]);
  expect((await search({ text: 'k', limit: 1 })).rows.length).toBe(1);
});

test('a category cannot be below itself', async () => {
  const { upsert, list } = call.catalogue.categories;
  await upsert(categoryRow(1));
  await upsert(categoryRow(2, { parent_id: idOf(1) }));
  expect(await codeOf(upsert(categoryRow(1, { parent_id: idOf(2) })))).toBe('BAD_INPUT');
  expect(await codeOf(upsert(categoryRow(3, { parent_id: idOf(3) })))).toBe('BAD_INPUT');
  expect(await codeOf(upsert(categoryRow(4, { parent_id: idOf(9) })))).toBe('CONFLICT');
  expect((await list({})).rows.length).toBe(2);
});

test('brands and sites are listed as they were saved', async () => {
  const brand = { id: idOf(1), code: null, name: 'Acme' };
  await call.catalogue.brands.upsert(brand);
  await call.catalogue.sites.upsert(siteRow(2));
  expect((await call.catalogue.brands.list({})).rows).toEqual([brand]);
  expect((await call.catalogue.sites.list({})).rows).toEqual([siteRow(2)]);
  expect(await codeOf(call.catalogue.sites.upsert(siteRow(3, { code: 'S2' })))).toBe('CONFLICT');
});

test('a price needs a currency', async () => {
  const { upsert } = call.catalogue.products;
  await expect(upsert(productRow(1, { price_minor: 100 }))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await upsert(productRow(1, { price_minor: 100, currency: 'EUR' }));
});
