import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type {
  LocationView,
  MovementView,
  StockLocationView,
  StockLotView,
  StockView,
} from '../../shared/desktop/stock-views.ts';
import { movementEffects, movementProblem } from '../../shared/domain/movement-effects.ts';
import { fromStored } from '../../shared/entities/stored-row.ts';
import { location as locationEntity, type Location } from '../../shared/entities/location.ts';
import { stockMovement, type StockMovement } from '../../shared/entities/stock-movement.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { FakeCatalogue, FakeProduct } from './fake-catalogue.ts';
import { type FakeOperation, isOverlaid } from './fake-operations.ts';
import { fakePutAway } from './fake-deliveries.ts';
import { fakePersonId } from './fake-rows.ts';
import type { FakeStore } from './fake-store.ts';

const DAY = 24 * 60 * 60 * 1000;

interface FakeStockOptions {
  store: FakeStore;
  catalogue: FakeCatalogue;
  calls: string[];
  now: () => number;
}

/** On hand = the generated levels + every movement that was not refused or taken back. */
export function createFakeStock(options: FakeStockOptions): DesktopApp['stock'] {
  const { store, catalogue, calls, now } = options;
  const locations = (): LocationView[] =>
    store
      .rows('location')
      .map(({ id, row }) => locationView(options, id, row))
      .toSorted((a, b) => a.siteCode.localeCompare(b.siteCode) || a.code.localeCompare(b.code));
  const ofProduct = (productId: string): StockView => {
    const product = catalogue.products.find(({ id }) => id === productId);
    return product ? stockOf(options, product, locations()) : EMPTY;
  };
  return {
    record: async (input) => {
      calls.push(`movement ${JSON.stringify(input)}`);
      const from = input.kind === 'issue' || input.kind === 'move' ? input.locationId : null;
      const place = store.row('location', input.locationId);
      if (!place) throw new TallymanError('NOT_FOUND', 'This location is not on this laptop.');
      const row: StockMovement = {
        id: store.newId(),
        site_id: String(place['site_id']),
        kind: input.kind,
        product_id: input.productId,
        from_location_id: from,
        to_location_id: from === null ? input.locationId : (input.toLocationId ?? null),
        quantity: input.quantity,
        reason: input.reason ?? null,
        reverses: null,
        moved_at: now(),
        lot: input.lot ?? '',
        serial: input.serial ?? '',
        expires_on: input.expiresOn ?? null,
        cause: input.cause ?? null,
        person_id: fakePersonId(0),
        delivery_line_id: input.deliveryLineId ?? null,
        count_id: null,
      };
      const problem = movementProblem(row);
      if (problem !== null) throw new TallymanError('BAD_INPUT', problem);
      const { version } = stockMovement;
      const operationId = store.record([
        { kind: 'create', entity: 'stock_movement', version, id: row.id, row: { ...row } },
      ]);
      return { operationId, onHand: ofProduct(input.productId).onHand };
    },
    ofProduct: async (productId) => ofProduct(productId),
    putAway: (input) =>
      fakePutAway({ store, catalogue }, { ofProduct: async (id) => ofProduct(id) }, input),
    movements: async ({ productId, locationId, limit }) =>
      movementsOf(store)
        .toReversed()
        .filter(
          ({ row }) =>
            (productId === null || row.product_id === productId) &&
            (locationId === null ||
              row.from_location_id === locationId ||
              row.to_location_id === locationId),
        )
        .slice(0, limit)
        .map((movement) => movementView(options, movement)),
    locations: async ({ siteId, text, limit }) =>
      locations()
        .filter(
          (one) =>
            (siteId === null || one.siteId === siteId) &&
            (one.code.toLowerCase().startsWith(text.toLowerCase()) ||
              (one.name ?? '').toLowerCase().includes(text.toLowerCase())),
        )
        .slice(0, limit),
  };
}

const EMPTY: StockView = { onHand: 0, pending: 0, locations: [] };

interface FakeMovement {
  row: StockMovement;
  operation: FakeOperation;
}

/** In the order in which they were made; refused and taken back ones are not among them. */
function movementsOf(store: FakeStore): FakeMovement[] {
  return store.operations
    .filter((operation) => isOverlaid(operation) || operation.state === 'applied')
    .flatMap((operation) =>
      operation.changes.flatMap(({ change }) =>
        change.entity === 'stock_movement' && change.kind === 'create'
          ? [{ row: fromStored(stockMovement, change.row) as StockMovement, operation }]
          : [],
      ),
    );
}

function stockOf(
  { store, now }: FakeStockOptions,
  product: FakeProduct,
  locations: readonly LocationView[],
): StockView {
  const places = new Map<string, StockLotView[]>();
  const add = (
    locationId: string,
    of: Pick<StockLotView, 'lot' | 'serial' | 'expiresOn'>,
    { change, isPending }: { change: number; isPending: boolean },
  ): void => {
    const lots = places.get(locationId) ?? [];
    places.set(locationId, lots);
    let lot = lots.find((one) => one.lot === of.lot && one.serial === of.serial);
    if (!lot) lots.push((lot = { ...of, onHand: 0, pending: 0 }));
    lot.onHand += change;
    if (isPending) lot.pending += change;
  };
  for (const { siteCode, locationCode, quantity } of product.stock) {
    const place = locations.find((one) => one.siteCode === siteCode && one.code === locationCode);
    if (!place) continue;
    for (const { change, ...goods } of startingLots(product, quantity, now())) {
      add(place.id, goods, { change, isPending: false });
    }
  }
  for (const { row, operation } of movementsOf(store)) {
    if (row.product_id !== product.id) continue;
    const goods = { lot: row.lot, serial: row.serial, expiresOn: row.expires_on };
    for (const { locationId, change } of movementEffects(row)) {
      add(locationId, goods, { change, isPending: isOverlaid(operation) });
    }
  }
  const rows = locations.flatMap((place): StockLocationView[] => {
    const lots = places
      .get(place.id)
      ?.filter(({ onHand, pending }) => onHand !== 0 || pending !== 0);
    if (!lots) return [];
    const { id: locationId, siteId, siteCode, code, name, zone, blocked } = place;
    const total = (of: 'onHand' | 'pending'): number => lots.reduce((all, one) => all + one[of], 0);
    const quantities = { onHand: total('onHand'), pending: total('pending'), lots };
    return [{ locationId, siteId, siteCode, code, name, zone, blocked, ...quantities }];
  });
  const sum = (of: 'onHand' | 'pending'): number => rows.reduce((all, row) => all + row[of], 0);
  return { onHand: sum('onHand'), pending: sum('pending'), locations: rows };
}

/** Two lots, of which one has expired, or pieces with numbers. */
function startingLots(
  { tracking, sku }: FakeProduct,
  quantity: number,
  now: number,
): (Pick<StockLotView, 'lot' | 'serial' | 'expiresOn'> & { change: number })[] {
  const none = { lot: '', serial: '', expiresOn: null };
  if (tracking === 'serial') {
    return Array.from({ length: Math.min(quantity, 3) }, (_, at) => ({
      ...none,
      serial: `${sku}-${at + 1}`,
      change: 1,
    }));
  }
  if (tracking === 'none' || quantity < 2) return [{ ...none, change: quantity }];
  const today = Math.floor(now / DAY) * DAY;
  return [
    { ...none, lot: 'L-OLD', expiresOn: today - 3 * DAY, change: 1 },
    { ...none, lot: 'L-NEW', expiresOn: today + 90 * DAY, change: quantity - 1 },
  ];
}

function movementView(
  { store, catalogue }: FakeStockOptions,
  { row, operation }: FakeMovement,
): MovementView {
  const codeOf = (id: string | null): string | null =>
    id === null ? null : String(store.row('location', id)?.['code'] ?? '');
  return {
    id: row.id,
    kind: row.kind,
    productId: row.product_id,
    productName: catalogue.products.find(({ id }) => id === row.product_id)?.name ?? null,
    fromCode: codeOf(row.from_location_id),
    toCode: codeOf(row.to_location_id),
    quantity: row.quantity,
    reason: row.reason,
    reverses: row.reverses,
    movedAt: row.moved_at,
    lot: row.lot,
    serial: row.serial,
    expiresOn: row.expires_on,
    cause: row.cause,
    personId: row.person_id,
    personName:
      row.person_id === null ? null : String(store.row('person', row.person_id)?.['name'] ?? ''),
    deliveryLineId: row.delivery_line_id,
    countId: row.count_id,
    pending: isOverlaid(operation),
    operationId: operation.operationId,
  };
}

function locationView(
  { store, catalogue }: FakeStockOptions,
  id: string,
  stored: StoredRow,
): LocationView {
  const row = fromStored(locationEntity, stored) as Location;
  return {
    id,
    siteId: row.site_id,
    siteCode: catalogue.sites.find((site) => site.id === row.site_id)?.code ?? '',
    code: row.code,
    name: row.name,
    zone: row.zone,
    capacity: row.capacity,
    blocked: row.blocked,
    note: row.note,
    pending: store.isPending('location', id),
    conflict: store.isInConflict('location', id),
  };
}
