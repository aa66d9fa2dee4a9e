import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { idOf, locationRow, productRow, siteRow } from '../../tests/support/server-rows.ts';
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
  await call.catalogue.sites.upsert(siteRow(0));
  await call.catalogue.sites.upsert(siteRow(1));
  await call.catalogue.products.upsert(productRow(0));
});

function level(number: number, quantity: number) {
  return { id: idOf(number), product_id: idOf(0), location_id: idOf(2), quantity };
}

test('locations are listed by code, page by page', async () => {
  for (const number of [12, 11, 13]) await call.stock.locations.upsert(locationRow(number));
  const first = await call.stock.locations.list({ siteId: idOf(0), limit: 2 });
  expect(first.rows.map(({ code }) => code)).toEqual(['L11', 'L12']);
  const second = await call.stock.locations.list({
    siteId: idOf(0),
    afterCode: first.nextCode,
    limit: 2,
  });
  expect(second).toEqual({ rows: [locationRow(13)], nextCode: null });
});

test('a level is set once per product and location, whatever id is offered', async () => {
  await call.stock.locations.upsert(locationRow(2));
  expect(await call.stock.levels.set(level(5, 3))).toEqual({ outcome: 'created' });
  expect(await call.stock.levels.set(level(6, 3))).toEqual({ outcome: 'unchanged' });
  expect(await call.stock.levels.set(level(6, 4))).toEqual({ outcome: 'updated' });
  const { rows } = await call.stock.levels.list({ productId: idOf(0) });
  expect(rows).toEqual([
    { ...level(5, 4), site_id: idOf(0), lot: '', serial: '', expires_on: null },
  ]);
});

test('each lot at a location has a level of its own', async () => {
  await call.stock.locations.upsert(locationRow(2));
  await call.stock.levels.set({ ...level(5, 3), lot: 'A' });
  await call.stock.levels.set({ ...level(6, 4), lot: 'B' });
  await call.stock.levels.set({ ...level(7, 9), lot: 'A' });
  const { rows } = await call.stock.levels.list({ productId: idOf(0) });
  expect(rows.map(({ lot, quantity }) => `${lot} ${quantity}`).toSorted()).toEqual(['A 9', 'B 4']);
});

test('a level needs its location', async () => {
  await expect(call.stock.levels.set(level(5, 3))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a location that holds stock stays at its site', async () => {
  await call.stock.locations.upsert(locationRow(2));
  await call.stock.locations.upsert(locationRow(2, { site_id: idOf(1) }));
  await call.stock.locations.upsert(locationRow(2));
  await call.stock.levels.set(level(5, 3));
  await expect(
    call.stock.locations.upsert(locationRow(2, { site_id: idOf(1) })),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
});
