import { expect, onTestFinished, test } from 'vitest';
import { ReplicaReader } from '../../main/store/catalogue/replica-reader.ts';
import { deliveryDetail } from '../../main/store/deliveries/delivery-detail.ts';
import { deliveryList } from '../../main/store/deliveries/delivery-list.ts';
import { putAwayPlaces } from '../../main/store/stock/put-away.ts';
import { stockView } from '../../main/store/stock/product-stock.ts';
import { type DeliveryView, deliveriesInput } from '../../shared/desktop/delivery-views.ts';
import { must } from '../../shared/domain/assert.ts';
import { idOf, locationRow } from '../support/server-rows.ts';
import type { SyncBench } from '../support/sync-bench.ts';
import { PLACE, PRODUCT, SITE, type SyncWorld, useSyncWorlds } from '../support/sync-world.ts';

/** Deliveries with the real code of both sides: what several laptops receive with no network adds up. */
const newWorld = useSyncWorlds();
const { signal } = new AbortController();
const DELIVERY = idOf(700);
const LINE = idOf(701);
const DAY = Date.UTC(2026, 5, 1);

async function worldWithDelivery(): Promise<SyncWorld> {
  const world = await newWorld();
  await world.office(async (tx) => {
    await tx.insert('delivery', [
      {
        id: DELIVERY,
        site_id: SITE,
        code: 'DEL-7',
        supplier: 'Meadow Ltd',
        state: 'expected',
        expected_at: DAY,
        note: null,
      },
    ]);
    await tx.insert('delivery_line', [
      {
        id: LINE,
        site_id: SITE,
        delivery_id: DELIVERY,
        product_id: PRODUCT,
        expected: 40,
        received: 0,
      },
    ]);
  });
  return world;
}

function readerOf(laptop: SyncBench): ReplicaReader {
  const replicas = laptop.replicas.views();
  const reader = must(ReplicaReader.open({ replicas, dataFolder: laptop.folder }), 'a catalogue');
  onTestFinished(() => reader.close());
  return reader;
}

function deliveryOn(laptop: SyncBench): DeliveryView {
  return must(deliveryDetail(readerOf(laptop), DELIVERY), 'the delivery');
}

function receive(laptop: SyncBench, quantity: number, goods: object = {}): string {
  return laptop.person.recordMovement({
    kind: 'receive',
    productId: PRODUCT,
    locationId: PLACE,
    quantity,
    deliveryLineId: LINE,
    ...goods,
  });
}

test('F13: two laptops receive the same delivery offline, and received is the sum, unsent work included', async () => {
  const { server, laptop } = await worldWithDelivery();
  const [mine, theirs] = [await laptop(), await laptop()];
  receive(mine, 15);
  receive(theirs, 10);
  expect(deliveryOn(mine)).toMatchObject({ received: 15, openLines: 1, overLines: 0 });
  expect(deliveryOn(mine).items).toMatchObject([{ received: 15, unsent: 15, expected: 40 }]);
  expect(deliveryOn(theirs)).toMatchObject({ received: 10, pending: true });
  for (const one of [mine, theirs, mine]) await one.sync(server);
  for (const one of [mine, theirs]) {
    expect(deliveryOn(one)).toMatchObject({ received: 25, openLines: 1, pending: false });
    expect(deliveryOn(one).items).toMatchObject([{ received: 25, unsent: 0 }]);
    expect(one.person.conflicts()).toEqual([]);
  }
});

test('F13: more than expected is taken and flagged, less is open, and both are right in the list', async () => {
  const { server, laptop } = await worldWithDelivery();
  const mine = await laptop();
  const summary = async () => {
    const input = deliveriesInput.parse({ text: 'meadow' });
    const [first] = await deliveryList(readerOf(mine), input, signal);
    return first;
  };
  expect(await summary()).toMatchObject({ code: 'DEL-7', expected: 40, received: 0, openLines: 1 });
  receive(mine, 39);
  expect(await summary()).toMatchObject({ received: 39, openLines: 1, overLines: 0 });
  receive(mine, 4);
  expect(await summary()).toMatchObject({ received: 43, openLines: 0, overLines: 1 });
  await mine.sync(server);
  expect(await summary()).toMatchObject({ received: 43, overLines: 1, pending: false });
});

test('F16: S17: taking a receipt back is a counter-entry that the delivery, the stock and the ledger show', async () => {
  const { server, laptop } = await worldWithDelivery();
  const [mine, theirs] = [await laptop(), await laptop()];
  const operationId = receive(mine, 12);
  await mine.sync(server);
  expect(deliveryOn(mine)).toMatchObject({ received: 12 });
  mine.person.undo(operationId);
  expect(deliveryOn(mine).items).toMatchObject([{ received: 0, unsent: -12 }]);
  await mine.sync(server);
  await theirs.sync(server);
  expect(deliveryOn(theirs)).toMatchObject({ received: 0, openLines: 1 });
  expect(stockView(readerOf(theirs), PRODUCT).onHand).toBe(0);
  const ledger = await server.store.reader.selectFrom('stock_movement').selectAll().execute();
  expect(ledger.map(({ quantity }) => quantity).toSorted((a, b) => a - b)).toEqual([-12, 12]);
  expect(ledger.find(({ quantity }) => quantity < 0)?.reverses).toBe(
    ledger.find(({ quantity }) => quantity > 0)?.id,
  );
});

test('F16: a receipt that was never sent leaves no trace when it is taken back', async () => {
  const { server, laptop } = await worldWithDelivery();
  const mine = await laptop();
  mine.person.undo(receive(mine, 12));
  expect(deliveryOn(mine)).toMatchObject({ received: 0, pending: false });
  await mine.sync(server);
  const ledger = await server.store.reader.selectFrom('stock_movement').selectAll().execute();
  expect(ledger).toEqual([]);
});

test('F18: pieces with numbers come as one operation, a movement each, and lie apart by lot and expiry', async () => {
  const { server, laptop } = await worldWithDelivery();
  const mine = await laptop();
  const operationId = receive(mine, 2, { serials: ['SN-1', 'SN-2'] });
  receive(mine, 5, { lot: 'L2', expiresOn: DAY + 10 });
  receive(mine, 3, { lot: 'L1', expiresOn: DAY });
  await mine.sync(server);
  const [place] = stockView(readerOf(mine), PRODUCT).locations;
  // Earliest expiry first: the order in which goods should leave.
  expect(place?.lots.map(({ lot, serial, onHand }) => [lot, serial, onHand])).toEqual([
    ['L1', '', 3],
    ['L2', '', 5],
    ['', 'SN-1', 1],
    ['', 'SN-2', 1],
  ]);
  expect(deliveryOn(mine)).toMatchObject({ received: 10 });
  mine.person.undo(operationId);
  await mine.sync(server);
  expect(stockView(readerOf(mine), PRODUCT).onHand).toBe(8);
});

test('S9: what a delivery lacks survives that its line is gone: the goods are there all the same', async () => {
  const { server, office, laptop } = await worldWithDelivery();
  const mine = await laptop();
  receive(mine, 6);
  await office((tx) => tx.remove('delivery_line', [LINE]));
  await mine.sync(server);
  expect(deliveryOn(mine)).toMatchObject({ lines: 0, received: 0 });
  expect(stockView(readerOf(mine), PRODUCT).onHand).toBe(6);
  expect(mine.work.outbox.waiting()).toBe(0);
});

test('F14: goods go to their own lot first, then to their product, and never to a blocked place', async () => {
  const { server, office, laptop } = await worldWithDelivery();
  const mine = await laptop();
  const at = (locationId: string, lot: string): void => {
    mine.person.recordMovement({
      kind: 'receive',
      productId: PRODUCT,
      locationId,
      quantity: 4,
      lot,
    });
  };
  at(idOf(1), 'L1');
  at(idOf(2), 'L2');
  const places = (lot: string) =>
    putAwayPlaces(readerOf(mine), {
      productId: PRODUCT,
      fromLocationId: PLACE,
      lot,
      quantity: 1,
    }).map(({ locationId, reason }) => [locationId, reason]);
  expect(places('L2')).toEqual([
    [idOf(2), 'sameLot'],
    [idOf(1), 'sameProduct'],
  ]);
  await office((tx) => tx.update('location', [locationRow(2, { blocked: true })]));
  await mine.sync(server);
  expect(places('L2')).toEqual([[idOf(1), 'sameProduct']]);
});
