import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type {
  DeliveryLineView,
  DeliveryView,
  PutAwayInput,
  PutAwayPlace,
} from '../../shared/desktop/delivery-views.ts';
import type { RecordView } from '../../shared/desktop/record-views.ts';
import { rankPlaces } from '../../shared/domain/rank-places.ts';
import type { Delivery } from '../../shared/entities/delivery.ts';
import type { FakeCatalogue } from './fake-catalogue.ts';
import { isOverlaid, isSettled } from './fake-operations.ts';
import type { FakeStore } from './fake-store.ts';

interface FakeDeliveryParts {
  store: FakeStore;
  catalogue: FakeCatalogue;
}

/** The real contract of deliveries over the fake store: received is what the rows say and every movement that counts. */
export function createFakeDeliveries(parts: FakeDeliveryParts): DesktopApp['deliveries'] {
  const { store } = parts;
  const views = (): DeliveryView[] =>
    store
      .rows('delivery')
      .map(({ id, row }) => deliveryView(parts, id, row as unknown as Delivery));
  return {
    list: async ({ siteId, show, text, limit }) =>
      views()
        .filter((one) => siteId === null || one.siteId === siteId)
        .filter(({ state }) => show === 'all' || (state === 'closed') === (show === 'closed'))
        .filter(({ code, supplier }) =>
          `${code} ${supplier ?? ''}`.toLowerCase().includes(text.trim().toLowerCase()),
        )
        .slice(0, limit),
    get: async (id) => views().find((one) => one.id === id) ?? null,
  };
}

function deliveryView(
  { store, catalogue }: FakeDeliveryParts,
  id: string,
  row: Delivery,
): DeliveryView {
  const items = store
    .rows('delivery_line')
    .filter(({ row: line }) => line['delivery_id'] === id)
    .map(({ id: lineId, row: line }): DeliveryLineView => {
      const product = catalogue.products.find((one) => one.id === line['product_id']);
      const unsent = receivedFor(store, lineId, true);
      return {
        id: lineId,
        productId: String(line['product_id']),
        productName: product?.name ?? null,
        sku: product?.sku ?? null,
        unit: product?.unit ?? '',
        tracking: product?.tracking ?? 'none',
        tracksExpiry: product?.tracksExpiry ?? false,
        expected: Number(line['expected']),
        received: Number(line['received']) + unsent + receivedFor(store, lineId, false),
        unsent,
        pending: store.isPending('delivery_line', lineId),
        conflict: store.isInConflict('delivery_line', lineId),
      };
    });
  const sum = (of: (line: DeliveryLineView) => number): number =>
    items.reduce((total, line) => total + of(line), 0);
  return {
    id,
    siteId: row.site_id,
    siteCode: catalogue.sites.find((site) => site.id === row.site_id)?.code ?? '',
    code: row.code,
    supplier: row.supplier,
    state: row.state,
    expectedAt: row.expected_at,
    note: row.note,
    lines: items.length,
    openLines: items.filter(({ expected, received }) => received < expected).length,
    overLines: items.filter(({ expected, received }) => received > expected).length,
    expected: sum(({ expected }) => expected),
    received: sum(({ received }) => received),
    pending: store.isPending('delivery', id) || items.some(({ unsent }) => unsent !== 0),
    conflict: store.isInConflict('delivery', id),
    items,
  };
}

function receivedFor(store: FakeStore, lineId: string, unsent: boolean): number {
  return store.operations
    .filter((operation) => (unsent ? isOverlaid(operation) : isSettled(operation)))
    .flatMap(({ changes }) => changes)
    .reduce((sum, { change }) => {
      const isOfLine = change.kind === 'create' && change.row['delivery_line_id'] === lineId;
      return isOfLine ? sum + Number(change.row['quantity']) : sum;
    }, 0);
}

/** The places that the app would propose, by the same ranking. */
export async function fakePutAway(
  { store, catalogue }: FakeDeliveryParts,
  stock: Pick<DesktopApp['stock'], 'ofProduct'>,
  input: PutAwayInput,
): Promise<readonly PutAwayPlace[]> {
  const siteId = store.row('location', input.fromLocationId)?.['site_id'];
  const own = (await stock.ofProduct(input.productId)).locations;
  const used = new Set(
    catalogue.products.flatMap(({ stock: levels }) =>
      levels.filter(({ quantity }) => quantity > 0).map(({ locationCode }) => locationCode),
    ),
  );
  const facts = store
    .rows('location')
    .filter(({ row }) => row['site_id'] === siteId)
    .map(({ id, row }: Pick<RecordView, 'id' | 'row'>) => {
      const here = own.find(({ locationId }) => locationId === id);
      const lots = here?.lots.filter(({ lot }) => lot === input.lot) ?? [];
      return {
        locationId: id,
        code: String(row['code']),
        name: row['name'] === null ? null : String(row['name']),
        zone: row['zone'] === null ? null : String(row['zone']),
        blocked: row['blocked'] === 1,
        capacity: typeof row['capacity'] === 'number' ? row['capacity'] : null,
        filled: used.has(String(row['code'])) ? 1 : 0,
        product: here?.onHand ?? 0,
        lot: lots.reduce((sum, { onHand }) => sum + onHand, 0),
        category: 0,
      };
    });
  return rankPlaces(facts, { ...input, limit: 5 }).map(({ place, reason, room }) => ({
    locationId: place.locationId,
    code: place.code,
    name: place.name,
    zone: place.zone,
    reason,
    onHand: place.product,
    room,
  }));
}
