import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { siteScope } from '../../shared/sync/scope.ts';
import { assertDigestsHold } from '../../tests/support/recount-scopes.ts';
import { creation, SendingLaptop } from '../../tests/support/sending-laptop.ts';
import {
  idOf,
  locationRow,
  movementRow,
  productRow,
  siteRow,
} from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import { createTenantAuth } from '../auth/tenant-auth.ts';
import { serverRouter } from '../router.ts';
import type { ServerStore } from '../store/open-store.ts';
import { commitChanges } from '../sync/scope-commit.ts';

const newFolder = useTempFolders();

let store: ServerStore;
let laptop: SendingLaptop;
beforeEach(async () => {
  let made = 0;
  store = await openTestStore({ dataDir: newFolder(), newId: () => idOf(5_000 + (made += 1)) });
  onTestFinished(async () => {
    await assertDigestsHold(store);
    await store.close();
  });
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0), siteRow(1)]);
    await tx.insert('product', [productRow(0)]);
    await tx.insert('location', [locationRow(0), locationRow(1)]);
    await tx.insert('location', [locationRow(2, { site_id: idOf(1) })]);
  });
  laptop = new SendingLaptop(store, 70);
});

function moved(number: number, change: Parameters<typeof movementRow>[1] = {}) {
  return creation('stock_movement', movementRow(number, change));
}

async function levels(): Promise<Record<string, number>> {
  const rows = await store.reader
    .selectFrom('stock_level')
    .innerJoin('location', 'location.id', 'location_id')
    .select(['code', 'quantity'])
    .orderBy('code')
    .execute();
  return Object.fromEntries(rows.map(({ code, quantity }) => [code, quantity]));
}

describe('a movement', () => {
  test('changes the levels in its own transaction, and laptops hear of both', async () => {
    const outcome = await laptop.does(moved(10));
    expect(outcome).toMatchObject({ kind: 'applied', versions: { [siteScope(idOf(0))]: 2 } });
    expect(await levels()).toEqual({ L0: 10 });
    const level = await store.reader.selectFrom('stock_level').selectAll().executeTakeFirst();
    expect(level).toMatchObject({ id: idOf(5_001), site_id: idOf(0), row_version: 2 });
  });

  test('of every kind adds up with the others, in one request and over many, and below zero', async () => {
    await laptop.outcomes([
      laptop.operation(moved(10)),
      laptop.operation(
        moved(4, { kind: 'move', from_location_id: idOf(0), to_location_id: idOf(1) }),
      ),
    ]);
    expect(await levels()).toEqual({ L0: 6, L1: 4 });
    await laptop.does(moved(9, { kind: 'issue', from_location_id: idOf(0), to_location_id: null }));
    await laptop.does(moved(2, { kind: 'adjust', quantity: -1, to_location_id: idOf(1) }));
    expect(await levels()).toEqual({ L0: -3, L1: 3 });
    await laptop.does(moved(11, { quantity: -10, reverses: idOf(10) }));
    expect(await levels()).toEqual({ L0: -13, L1: 3 });
    expect(await store.reader.selectFrom('stock_level').select('id').execute()).toHaveLength(2);
  });

  test('counts once, under whatever number it comes', async () => {
    await laptop.does(moved(10));
    expect(await laptop.does(moved(10))).toEqual({ kind: 'applied', versions: {}, merged: [] });
    expect(await laptop.does(moved(10, { quantity: 11 }))).toMatchObject({
      kind: 'rejected',
      code: 'CONFLICT',
    });
    expect(await levels()).toEqual({ L0: 10 });
  });

  test.each([
    ['without a destination', { to_location_id: null }, 'BAD_INPUT'],
    ['of nothing', { quantity: 0 }, 'BAD_INPUT'],
    ['of less than nothing', { quantity: -1 }, 'BAD_INPUT'],
    ['to another site', { to_location_id: idOf(2) }, 'BAD_INPUT'],
    ['to nowhere', { to_location_id: idOf(99) }, 'NOT_FOUND'],
    ['onto itself', { kind: 'move', from_location_id: idOf(0) } as const, 'BAD_INPUT'],
  ])('%s is rejected and moves nothing', async (_, change, code) => {
    expect(await laptop.does(moved(10, change))).toMatchObject({ kind: 'rejected', code });
    expect(await levels()).toEqual({});
  });

  test('that would make a level too great to add up is rejected', async () => {
    await laptop.does(moved(10, { quantity: 1_000_000_000 }));
    expect(await laptop.does(moved(11))).toMatchObject({ kind: 'rejected', code: 'BAD_INPUT' });
    expect(await levels()).toEqual({ L0: 1_000_000_000 });
  });
});

describe('the typed procedures', () => {
  function caller() {
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

  test('record a movement once, and list those of a product, newest first', async () => {
    const call = caller();
    for (const number of [10, 12, 11]) {
      expect(await call.stock.movements.record(movementRow(number))).toEqual({
        outcome: 'created',
      });
    }
    expect(await call.stock.movements.record(movementRow(10))).toEqual({ outcome: 'unchanged' });
    expect(await levels()).toEqual({ L0: 33 });
    const first = await call.stock.movements.list({ productId: idOf(0), limit: 2 });
    expect(first.rows).toEqual([movementRow(12), movementRow(11)]);
    const second = await call.stock.movements.list({
      productId: idOf(0),
      beforeId: first.nextId,
      limit: 2,
    });
    expect(second).toEqual({ rows: [movementRow(10)], nextId: null });
  });

  test('refuse what a laptop is refused', async () => {
    const call = caller();
    await expect(
      call.stock.movements.record(movementRow(10, { to_location_id: idOf(2) })),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { code: 'BAD_INPUT' } });
    await commitChanges(store, (tx) => tx.remove('location', [idOf(1)]));
    await expect(
      call.stock.movements.record(movementRow(10, { to_location_id: idOf(1) })),
    ).rejects.toMatchObject({ cause: { code: 'NOT_FOUND' } });
    expect(await levels()).toEqual({});
  });
});
