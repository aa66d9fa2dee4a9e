import { expect, test } from 'vitest';
import type { RecordWrite } from '../../shared/desktop/record-views.ts';
import { putRow, useLaptopFiles } from '../../tests/support/laptop-files.ts';
import { testId } from '../../tests/support/replica-fixture.ts';
import { stockView } from '../store/stock/product-stock.ts';
import { WorkStore } from '../store/work-store.ts';
import { LocalWork } from './local-work.ts';

const laptop = useLaptopFiles();
const SITE = testId('site', 1);
const PLACE = testId('location', 1);
const PRODUCT = testId('product', 1);

/** As an import makes them: the id says which row of which file it is. */
function rowsOf(from: number, to: number): RecordWrite[] {
  return Array.from({ length: to - from }, (_, at) => ({
    kind: 'create' as const,
    entity: 'stock_movement',
    id: testId('row', 1_000 + from + at),
    row: {
      site_id: SITE,
      kind: 'adjust',
      product_id: PRODUCT,
      from_location_id: null,
      to_location_id: PLACE,
      quantity: 2,
      reason: 'Opening stock',
      reverses: null,
      moved_at: 1,
      lot: `L-${from + at}`,
      serial: '',
      expires_on: null,
    },
  }));
}

test('F24: an import that was cut off and is run again from its start counts no row twice', () => {
  const files = laptop({ products: [{ number: 1, name: 'Bolt' }] }, 1);
  const [site] = files.sites;
  if (!site) throw new Error('one site was asked for');
  const place = { name: null, zone: null, capacity: null, blocked: 0, note: null };
  putRow(site, 'location', { ...place, id: PLACE, site_id: SITE, code: 'A-01' });
  const reader = files.openReader();
  let operations = 0;
  const open = (work: WorkStore): LocalWork =>
    new LocalWork({
      work,
      reader: () => reader.records,
      now: () => 1,
      newId: () => testId('operation', (operations += 1)),
      onChanged: () => undefined,
    });
  const first = open(files.work);
  expect(first.importRows(rowsOf(0, 100)).written).toBe(100);
  expect(first.importRows(rowsOf(100, 150)).written).toBe(50);
  // The app is started anew on the same files, and all of the file is imported again, in other parts.
  const work = WorkStore.open(files.files.dataFolder, () => testId('row', 1));
  const again = open(work);
  expect(again.importRows(rowsOf(0, 120))).toEqual({ operationId: null, written: 0 });
  expect(again.importRows(rowsOf(120, 200)).written).toBe(50);
  expect(again.importRows(rowsOf(120, 200))).toEqual({ operationId: null, written: 0 });
  expect(stockView(reader, PRODUCT).onHand).toBe(400);
  expect(work.outbox.waiting()).toBe(3);
  work.close();
});
