import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogueFilterField } from '../../../shared/desktop/catalogue-views.ts';
import { locationsInput, movementListInput } from '../../../shared/desktop/stock-views.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { siteScope } from '../../../shared/sync/scope.ts';
import {
  addOperation,
  DEVICE,
  emptyLaptop,
  isShown,
  type LaptopFiles,
  type OperationStand,
  putRow,
  setContained,
  useLaptopFiles,
} from '../../../tests/support/laptop-files.ts';
import { testId } from '../../../tests/support/replica-fixture.ts';
import { countCatalogue } from '../catalogue/catalogue-count.ts';
import { searchCatalogue } from '../catalogue/catalogue-search.ts';
import { catalogueWindow } from '../catalogue/catalogue-window.ts';
import { productDetail } from '../catalogue/product-detail.ts';
import type { ReplicaReader } from '../catalogue/replica-reader.ts';
import { locationList } from './location-list.ts';
import { movementList } from './movement-list.ts';
import { stockView } from './product-stock.ts';

const laptop = useLaptopFiles();
const { signal } = new AbortController();

const PRODUCTS = Array.from({ length: 8 }, (_, number) => ({
  number,
  name: `Bolt ${number}`,
  minStock: number % 3,
}));
const SITE = { site_id: testId('site', 1) };
const UNSENT: OperationStand = { state: 'waiting', deviceId: null, number: null };

function putLocation(files: LaptopFiles, number: number, fields: StoredRow = {}): void {
  const row = { name: null, zone: null, capacity: null, blocked: 0, note: null, ...fields };
  const id = testId('location', number);
  putRow(files.sites[0]!, 'location', { id, ...SITE, code: `L-${number}`, ...row });
}

function putLevel(files: LaptopFiles, product: number, quantity: number, site = 1): void {
  putRow(files.sites[site - 1]!, 'stock_level', {
    id: testId('row', 100 * site + product),
    site_id: testId('site', site),
    product_id: testId('product', product),
    location_id: testId('location', site),
    quantity,
  });
}

function movementRow(number: number, product: number, quantity: number, site = 1) {
  return {
    id: testId('row', 1_000 + number),
    site_id: testId('site', site),
    kind: 'adjust',
    product_id: testId('product', product),
    from_location_id: null,
    to_location_id: testId('location', site),
    quantity,
    reason: null,
    reverses: null,
    moved_at: number,
  };
}

function addMovement(files: LaptopFiles, row: ReturnType<typeof movementRow>, stand = UNSENT) {
  const change = { kind: 'create', entity: 'stock_movement', version: 1, id: row.id, row } as const;
  return addOperation(files.work, row.moved_at, {
    changes: [{ change, base: null, scope: siteScope(row.site_id) }],
    stand,
  });
}

async function foundBy(reader: ReplicaReader, stock: 'inStock' | 'outOfStock' | 'low', text = '') {
  const filter = catalogueFilterField.parse({ stock });
  const { items } = await searchCatalogue(
    reader,
    { text, filter, cursor: null, limit: 50 },
    signal,
  );
  const window = await catalogueWindow(reader, { text, filter, offset: 0, limit: 50 }, signal);
  expect(window.items).toEqual(items);
  expect(await countCatalogue(reader, { text, filter }, signal)).toBe(items.length);
  return items.map(({ id, onHand }) => ({ id, onHand }));
}

/** fast-check prints the seed of a failure. */
test('on hand is levels and every movement that they do not contain, in lists, filters, counts and details', async () => {
  const files = laptop({ products: PRODUCTS }, 2);
  const reader = files.openReader();
  const someMovement = fc.record({
    product: fc.nat(PRODUCTS.length - 1),
    site: fc.integer({ min: 1, max: 2 }),
    quantity: fc.constantFrom(-3, -1, 1, 2, 5),
    state: fc.constantFrom('waiting' as const, 'applied' as const, 'rejected' as const),
    isNumbered: fc.boolean(),
  });
  const someLevels = fc.array(fc.option(fc.integer({ min: -1, max: 3 })), { maxLength: 8 });
  const somePoint = fc.record({ deviceId: fc.constantFrom(null, DEVICE), number: fc.nat(6) });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(someLevels, someLevels),
      fc.array(someMovement, { maxLength: 15 }),
      fc.tuple(somePoint, somePoint),
      async (levels, movements, points) => {
        emptyLaptop(files);
        const sums = PRODUCTS.map(() => 0);
        const pending = PRODUCTS.map(() => 0);
        for (const [at, ofSite] of levels.entries()) {
          setContained(files.sites[at]!, points[at]!);
          for (const [product, quantity] of ofSite.entries()) {
            if (quantity === null) continue;
            putLevel(files, product, quantity, at + 1);
            sums[product]! += quantity;
          }
        }
        const record = (movement: (typeof movements)[number], at: number): void => {
          const { product, site, quantity, state, isNumbered } = movement;
          const stand =
            state !== 'waiting' || isNumbered
              ? { state, deviceId: DEVICE, number: at + 1 }
              : UNSENT;
          addMovement(files, movementRow(at + 1, product, quantity, site), stand);
          if (isShown(stand, points[site - 1]!)) pending[product]! += quantity;
        };
        files.work.outbox.together(() => movements.forEach(record));
        const all = PRODUCTS.map(({ number, minStock }) => ({
          id: testId('product', number),
          minStock,
          onHand: sums[number]! + pending[number]!,
        }));
        const plain = (products: typeof all) => products.map(({ id, onHand }) => ({ id, onHand }));
        for (const text of ['', 'bolt']) {
          expect(await foundBy(reader, 'inStock', text)).toEqual(
            plain(all.filter(({ onHand }) => onHand > 0)),
          );
          expect(await foundBy(reader, 'outOfStock', text)).toEqual(
            plain(all.filter(({ onHand }) => onHand <= 0)),
          );
          expect(await foundBy(reader, 'low', text)).toEqual(
            plain(all.filter(({ onHand, minStock }) => minStock > 0 && onHand < minStock)),
          );
        }
        for (const { id, onHand } of all) {
          expect(productDetail(reader, id)?.onHand).toBe(onHand);
          const view = stockView(reader, id);
          const number = all.findIndex((one) => one.id === id);
          expect([view.onHand, view.pending]).toEqual([onHand, pending[number]]);
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('from recording to the pull nothing flickers: one movement counts once at every step', async () => {
  const files = laptop({ products: PRODUCTS }, 1);
  const [site] = files.sites;
  setContained(site!, { deviceId: DEVICE, number: 0 });
  putLocation(files, 1);
  putLevel(files, 1, 4);
  const reader = files.openReader();
  const movement = movementRow(1, 2, 5);
  const product = movement.product_id;
  const operationId = addMovement(files, movement);
  const location = { id: testId('location', 1), entity: 'location', version: 1 };
  const base = reader.records.get('location', location.id)!.row;
  const change = {
    ...location,
    kind: 'update',
    from: { name: null },
    to: { name: 'Top' },
  } as const;
  const scope = siteScope(testId('site', 1));
  addOperation(files.work, 2, { changes: [{ change, base, scope }], stand: UNSENT });

  const seen = async () => {
    const movements = movementList(reader, movementListInput.parse({ productId: product }));
    const at = movementListInput.parse({ locationId: location.id });
    const found = await locationList(reader, locationsInput.parse({ text: 'top' }), signal);
    return {
      inStock: await foundBy(reader, 'inStock'),
      onHand: stockView(reader, product).onHand,
      lines: productDetail(reader, product)?.stock.map((line) => line.quantity),
      movements: movements.map((one) => [one.id, one.toCode, one.productName, one.operationId]),
      atLocation: movementList(reader, at).map(({ id }) => id),
      name: reader.records.get('location', location.id)?.row['name'],
      locations: found.map(({ code, name }) => [code, name]),
    };
  };
  const step = (sql: string): void => {
    files.work.db.exec(sql);
  };
  const atFirst = await seen();
  expect(atFirst).toEqual({
    inStock: [
      { id: testId('product', 1), onHand: 4 },
      { id: product, onHand: 5 },
    ],
    onHand: 5,
    lines: [5],
    movements: [[movement.id, 'L-1', 'Bolt 2', operationId]],
    atLocation: [movement.id],
    name: 'Top',
    locations: [['L-1', 'Top']],
  });
  expect(stockView(reader, product).pending).toBe(5);

  step(`UPDATE operation SET device_id = '${DEVICE}', number = position`);
  expect(await seen()).toEqual(atFirst);
  step("UPDATE operation SET state = 'applied'");
  expect(await seen()).toEqual(atFirst);
  site!.transaction(() => {
    putLevel(files, 2, 5);
    putRow(site!, 'stock_movement', movement);
    putLocation(files, 1, { name: 'Top' });
    setContained(site!, { deviceId: DEVICE, number: 2 });
  })();
  expect(await seen()).toEqual(atFirst);
  expect(stockView(reader, product).pending).toBe(0);
  expect(reader.records.get('location', location.id)?.pending).toBe(false);
});

test('what people do keeps remembered lists that do not ask for stock', async () => {
  const files = laptop({ products: PRODUCTS }, 1);
  const reader = files.openReader();
  let computed = 0;
  const asked = (withStock: boolean): Promise<number> =>
    reader.remember(`key ${withStock}`, () => ++computed, { withStock });
  expect([await asked(false), await asked(true)]).toEqual([1, 2]);
  files.work.addNote({ type: 'backupMade', file: 'backup' }, 1);
  expect([await asked(false), await asked(true)]).toEqual([1, 2]);
  addMovement(files, movementRow(1, 2, 5));
  expect([await asked(false), await asked(true)]).toEqual([1, 3]);
});
