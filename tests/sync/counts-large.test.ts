import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import type { ServerStore } from '../../server/store/open-store.ts';
import { COUNT_STAGES } from '../../shared/entities/stock-count.ts';
import { assertDigestsHold } from '../support/recount-scopes.ts';
import { edit, SendingLaptop } from '../support/sending-laptop.ts';
import {
  countRow,
  idOf,
  levelRow,
  locationRow,
  observationRow,
  placeRow,
  personRow,
  productRow,
  siteRow,
} from '../support/server-rows.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { openTestStore } from '../support/test-store.ts';

const newFolder = useTempFolders();
const PLACES = 40;
const PRODUCTS = 500;
const LINES = PLACES * PRODUCTS;
const COUNT = idOf(60_000);

let store: ServerStore;
beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder() });
  onTestFinished(() => store.close());
  const places = Array.from({ length: PLACES }, (_, number) => number);
  const goods = Array.from({ length: LINES }, (_, number) => ({
    id: `01900000-0000-7000-8001-${number.toString(16).padStart(12, '0')}`,
    product_id: idOf(number % PRODUCTS),
    location_id: idOf(Math.trunc(number / PRODUCTS)),
    quantity: 10,
  }));
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('person', [personRow(709)]);
    await tx.insert(
      'product',
      Array.from({ length: PRODUCTS }, (_, number) => productRow(number)),
    );
    await tx.insert(
      'location',
      places.map((number) => locationRow(number)),
    );
    await tx.insert('stock_count', [countRow(60_000, { stage: COUNT_STAGES.review })]);
    await tx.insert(
      'count_place',
      places.map((number) => placeRow(COUNT, number, { done_at: 500 })),
    );
    await tx.insert(
      'stock_level',
      goods.map((one) => levelRow(1, one)),
    );
    // Every tenth was not seen, and of every third there is one less.
    await tx.insert(
      'count_observation',
      goods
        .map((one, number) => ({ ...one, quantity: number % 3 === 0 ? 9 : 10 }))
        .filter((_, number) => number % 10 !== 0)
        .map((one) => observationRow(1, { ...one, count_id: COUNT, seen_at: 400 })),
    );
  });
});

it('S16, S14: 20,000 lines are approved in one request and posted once', async () => {
  const laptop = new SendingLaptop(store, 70);
  const approval = edit('stock_count', COUNT, {
    from: { stage: COUNT_STAGES.review, approved_by: null },
    to: { stage: COUNT_STAGES.approved, approved_by: idOf(709) },
  });
  expect(await laptop.does(approval)).toMatchObject({ kind: 'applied' });
  expect(await laptop.does(approval)).toMatchObject({ kind: 'applied' });
  const { reader } = store;
  const lines = await reader.selectFrom('count_line').select('id').execute();
  expect(lines).toHaveLength(LINES);
  const posts = await reader.selectFrom('stock_movement').select('quantity').execute();
  const unseen = LINES / 10;
  const less = Array.from({ length: LINES }, (_, number) => number).filter(
    (number) => number % 3 === 0 && number % 10 !== 0,
  ).length;
  expect(posts).toHaveLength(unseen + less);
  expect(posts.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(-10 * unseen - less);
  await assertDigestsHold(store);
});
