import { expect, test } from 'vitest';
import { movementHistoryInput } from '../../../shared/desktop/overview-views.ts';
import type { StockMovement } from '../../../shared/entities/stock-movement.ts';
import { siteScope } from '../../../shared/sync/scope.ts';
import {
  addOperation,
  type LaptopFiles,
  putRow,
  useLaptopFiles,
} from '../../../tests/support/laptop-files.ts';
import { testId, type TestProduct } from '../../../tests/support/replica-fixture.ts';
import { dashboard } from './dashboard.ts';
import { expiringGoods } from './expiring-goods.ts';
import { movementHistory } from './movement-history.ts';
import { placeGoods } from './place-goods.ts';
import { placeList, zoneList } from './place-list.ts';

const laptop = useLaptopFiles();
const { signal } = new AbortController();
const SITE = testId('site', 1);
const PLACE = (number: number): string => testId('location', number);
const PRODUCT = (number: number): string => testId('product', number);
const PRODUCTS = Array.from({ length: 4 }, (_, number): TestProduct => ({
  number,
  name: `Cable ${number}`,
}));

/** Places 1 to 4 in two zones; products 0 to 2 in the first two, product 1 in two lots. */
function filledLaptop(): LaptopFiles {
  const files = laptop({ products: PRODUCTS }, 1);
  const [site] = files.sites;
  for (let number = 1; number <= 4; number++) {
    const zone = number <= 2 ? 'A' : null;
    putRow(site!, 'location', { id: PLACE(number), site_id: SITE, code: `L-${number}`, zone });
  }
  const level = (id: number, fields: Record<string, string | number>): void =>
    putRow(site!, 'stock_level', { id: testId('row', id), site_id: SITE, ...fields });
  level(1, { product_id: PRODUCT(0), location_id: PLACE(1), quantity: 5 });
  level(2, {
    product_id: PRODUCT(1),
    location_id: PLACE(1),
    quantity: 3,
    lot: 'X',
    expires_on: 50,
  });
  level(3, {
    product_id: PRODUCT(1),
    location_id: PLACE(1),
    quantity: 4,
    lot: 'Y',
    expires_on: 20,
  });
  level(4, { product_id: PRODUCT(2), location_id: PLACE(2), quantity: 9 });
  level(5, { product_id: PRODUCT(3), location_id: PLACE(2), quantity: 0, expires_on: 1 });
  return files;
}

function movement(number: number, change: Partial<StockMovement> = {}) {
  return {
    id: testId('row', 1_000 + number),
    site_id: SITE,
    kind: 'receive',
    product_id: PRODUCT(0),
    from_location_id: null,
    to_location_id: PLACE(1),
    quantity: 1,
    reason: null,
    reverses: null,
    moved_at: number,
    lot: '',
    serial: '',
    expires_on: null,
    cause: null,
    person_id: null,
    delivery_line_id: null,
    count_id: null,
    ...change,
  };
}

function hold(files: LaptopFiles, ...rows: ReturnType<typeof movement>[]): void {
  for (const row of rows) putRow(files.sites[0]!, 'stock_movement', row);
}

/** Done here, and not sent yet. */
function doHere(files: LaptopFiles, row: ReturnType<typeof movement>): void {
  const change = { kind: 'create', entity: 'stock_movement', version: 1, id: row.id, row } as const;
  addOperation(files.work, row.moved_at, {
    changes: [{ change, base: null, scope: siteScope(SITE) }],
    stand: { state: 'waiting', deviceId: null, number: null },
  });
}

const asked = (fields: object = {}) => movementHistoryInput.parse({ siteId: SITE, ...fields });

test('F17: the history is whole and in order, page by page, what is unsent first', async () => {
  const files = filledLaptop();
  hold(files, ...Array.from({ length: 25 }, (_, at) => movement(at + 1)));
  doHere(files, movement(90));
  const reader = files.openReader();
  const seen: number[] = [];
  let cursor: number | null = null;
  do {
    const page: Awaited<ReturnType<typeof movementHistory>> = await movementHistory(
      reader,
      asked({ cursor, limit: 10 }),
      signal,
    );
    seen.push(...page.items.map(({ movedAt }) => movedAt));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual([90, ...Array.from({ length: 25 }, (_, at) => 25 - at)]);
});

test('F17: the history narrows by person, product, place, kind, cause and time', async () => {
  const files = filledLaptop();
  const anna = testId('row', 500);
  putRow(files.catalogue, 'person', { id: anna, name: 'Anna', role: 'picker', active: 1 });
  hold(
    files,
    movement(1, { person_id: anna }),
    movement(2, { kind: 'issue', from_location_id: PLACE(2), to_location_id: null }),
    movement(3, { kind: 'adjust', cause: 'damaged', quantity: -1 }),
    movement(4, { product_id: PRODUCT(1) }),
  );
  doHere(files, movement(5, { person_id: anna, kind: 'adjust', cause: 'lost' }));
  const reader = files.openReader();
  const found = async (fields: object): Promise<number[]> => {
    const { items } = await movementHistory(reader, asked(fields), signal);
    return items.map(({ movedAt }) => movedAt);
  };
  expect(await found({ personId: anna })).toEqual([5, 1]);
  expect(await found({ productId: PRODUCT(1) })).toEqual([4]);
  expect(await found({ locationId: PLACE(2) })).toEqual([2]);
  expect(await found({ kind: 'adjust' })).toEqual([5, 3]);
  expect(await found({ cause: 'damaged' })).toEqual([3]);
  expect(await found({ from: 2, to: 4 })).toEqual([3, 2]);
  const { items } = await movementHistory(reader, asked({ personId: anna }), signal);
  expect(items.map(({ personName, pending }) => [personName, pending])).toEqual([
    ['Anna', true],
    ['Anna', false],
  ]);
});

test('places show what lies there with what was moved here and not sent', async () => {
  const files = filledLaptop();
  const reader = files.openReader();
  const places = async (zone: string | null) =>
    (await placeList(reader, { siteId: SITE, zone, offset: 0, limit: 50 }, signal)).items.map(
      ({ code, products, pieces, expiresOn }) => [code, products, pieces, expiresOn],
    );
  expect(await places('A')).toEqual([
    ['L-1', 2, 12, 20],
    ['L-2', 1, 9, null],
  ]);
  expect(await zoneList(reader, SITE, signal)).toEqual([
    { zone: null, places: 2, occupied: 0, pieces: 0 },
    { zone: 'A', places: 2, occupied: 2, pieces: 21 },
  ]);
  const all = { product_id: PRODUCT(2), from_location_id: PLACE(2), quantity: 9 };
  doHere(files, movement(1, { ...all, kind: 'move', to_location_id: PLACE(3) }));
  expect(await places('A')).toEqual([
    ['L-1', 2, 12, 20],
    ['L-2', 0, 0, null],
  ]);
  expect(await places(null)).toEqual([
    ['L-3', 1, 9, null],
    ['L-4', 0, 0, null],
  ]);
});

test('F18: a place lists its goods lot by lot, the first to leave first', () => {
  const files = filledLaptop();
  doHere(files, movement(1, { product_id: PRODUCT(1), lot: 'Z', expires_on: 10, quantity: 2 }));
  const goods = placeGoods(files.openReader(), PLACE(1));
  expect(goods.map(({ productName, onHand, pending }) => [productName, onHand, pending])).toEqual([
    ['Cable 0', 5, 0],
    ['Cable 1', 9, 2],
  ]);
  expect(goods[1]?.lots.map(({ lot, onHand }) => [lot, onHand])).toEqual([
    ['Z', 2],
    ['Y', 4],
    ['X', 3],
  ]);
});

test('F18: what expires is listed by day, without what is used up here already', () => {
  const files = filledLaptop();
  const reader = files.openReader();
  const lots = (until: number): string[] =>
    expiringGoods(reader, { siteId: null, until, limit: 50 }).map(({ lot }) => lot);
  expect(lots(50)).toEqual(['Y', 'X']);
  expect(lots(49)).toEqual(['Y']);
  const gone = { product_id: PRODUCT(1), lot: 'Y', quantity: 4, from_location_id: PLACE(1) };
  doHere(files, movement(1, { ...gone, kind: 'issue', to_location_id: null }));
  expect(lots(50)).toEqual(['X']);
});

test('F26: movements add up by day; what was taken back counts neither way', async () => {
  const files = filledLaptop();
  hold(
    files,
    movement(5, { quantity: 7 }),
    movement(15, { quantity: 3 }),
    movement(16, { quantity: 2 }),
    movement(17, { quantity: -2, reverses: testId('row', 1_016) }),
    movement(99, { quantity: 1 }),
  );
  doHere(files, movement(18, { kind: 'adjust', quantity: -4 }));
  const { days, isWhole } = await dashboard(
    files.openReader(),
    { siteId: SITE, dayStarts: [0, 10, 20] },
    signal,
  );
  expect(isWhole).toBe(true);
  expect(days).toMatchObject([
    { startsAt: 0, movements: { receive: 1, adjust: 0 }, pieces: { receive: 7 } },
    { startsAt: 10, movements: { receive: 1, adjust: 1 }, pieces: { receive: 3, adjust: 4 } },
  ]);
});

test('F26: counts say how right the book was, the newest first', async () => {
  const files = filledLaptop();
  const [site] = files.sites;
  for (const [number, approvedAt] of [
    [1, 100],
    [2, 200],
  ] as const) {
    const id = testId('row', 700 + number);
    putRow(site!, 'stock_count', {
      id,
      site_id: SITE,
      code: `C-${number}`,
      stage: 3,
      approved_at: approvedAt,
    });
  }
  const line = (number: number, fields: Record<string, number>): void =>
    putRow(site!, 'count_line', {
      id: testId('row', 800 + number),
      site_id: SITE,
      count_id: testId('row', 702),
      product_id: PRODUCT(number),
      location_id: PLACE(1),
      ...fields,
    });
  line(0, { counted: 5, book: 5 });
  line(1, { counted: 4, book: 7 });
  const { counts } = await dashboard(
    files.openReader(),
    { siteId: SITE, dayStarts: [0, 1] },
    signal,
  );
  expect(counts).toEqual([
    { countId: testId('row', 702), code: 'C-2', approvedAt: 200, lines: 2, exact: 1, off: 3 },
    { countId: testId('row', 701), code: 'C-1', approvedAt: 100, lines: 0, exact: 0, off: 0 },
  ]);
});
