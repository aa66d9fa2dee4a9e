import type { FakeDesktop } from '../testing/fake-desktop.ts';
import { fakeLocationId } from '../testing/fake-rows.ts';

/** A morning's work: sent, waiting, refused; with `conflicts` some of it collided with what others did. */
export async function playWork(desktop: FakeDesktop, conflicts: boolean): Promise<void> {
  const { app, store, sync, catalogue } = desktop;
  const place = (index: number): string => fakeLocationId(0, index);
  const edit = (index: number, fields: Record<string, string | number | null>) =>
    app.records.write([{ kind: 'update', entity: 'location', id: place(index), fields }]);
  await edit(0, { name: 'Bulk floor north', zone: 'Bulk', capacity: 140, note: NOTE_MINE });
  await edit(5, { capacity: 90 });
  await app.records.write([{ kind: 'remove', entity: 'location', id: place(9) }]);
  await edit(13, { note: 'Shelf is loose, do not load' });
  if (conflicts) {
    const theirs = { name: 'Bulk floor, dock side', capacity: 160, note: NOTE_THEIRS };
    store.elsewhere('location', place(0), theirs);
    store.elsewhere('location', place(9), { note: 'New beam fitted' });
    store.elsewhere('location', place(13), null);
  }
  sync.start('user');
  sync.finish();
  sync.note({ type: 'operationsResent', count: 3 });
  sync.note({ type: 'deviceRenewed', deviceId: place(1) });
  sync.note({ type: 'unitsDiscarded', units: ['catalogue', 'stock'] });
  sync.note({ type: 'backupMade', file: 'work-2026-06-01T10-00.db' });

  const { operationId } = await edit(2, { name: 'Returns' });
  const [product] = catalogue.products;
  if (!product || operationId === null) return;
  store.refuse(operationId, {
    state: 'rejected',
    reason: { code: 'CONFLICT', message: 'There is another location with the code C-01-3.' },
    attempts: 1,
  });
  const movement = {
    productId: product.id,
    locationId: place(3),
    toLocationId: null,
    reason: null,
  };
  const received = await app.stock.record({ ...movement, kind: 'receive', quantity: 48 });
  store.refuse(received.operationId, {
    state: 'parked',
    reason: { code: 'SERVER_ERROR', message: 'The server failed 5 times.' },
    attempts: 5,
  });
  await app.stock.record({
    ...movement,
    kind: 'adjust',
    quantity: -2,
    reason: 'Damaged in transit',
  });
  await app.stock.record({ ...movement, kind: 'move', toLocationId: place(4), quantity: 12 });
  await app.records.write([
    {
      kind: 'update',
      entity: 'product_note',
      id: product.id,
      fields: { text: 'Count the boxes.\nThe shelf label says 12, a box holds 10.' },
    },
  ]);
  await edit(0, { blocked: 1 });
}

const NOTE_MINE = 'Ladder is needed for the two upper rows';
const NOTE_THEIRS = 'Ladder was moved to row 4, needed for the two upper rows';
