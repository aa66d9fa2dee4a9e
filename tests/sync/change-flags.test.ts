import { beforeEach, describe, expect, test } from 'vitest';
import { openEngineBench, PLACE, PRODUCT, SITE_SCOPE } from '../support/engine-bench.ts';

let bench: ReturnType<typeof openEngineBench>;
beforeEach(async () => {
  bench = openEngineBench();
  await bench.run();
});

/** What a list shows beside a row. */
const flags = (entity: string, id: string) => {
  const view = bench.laptop.records.reader().get(entity, id);
  return view && { pending: view.pending, conflict: view.conflict };
};
const waiting = () =>
  bench.laptop.person
    .pending({ limit: 10, show: 'open' })
    .items.map(({ kind, entity }) => `${kind} ${entity}`);
const note = (text: string) => {
  bench.laptop.person.write([
    { kind: 'create', entity: 'product_note', id: PRODUCT, row: { text } },
  ]);
};
const remove = (entity: string, id: string) => {
  bench.laptop.person.write([{ kind: 'remove', entity, id }]);
};

describe('what the model keeps as flags of a row is read from the outbox', () => {
  test('IsFromServer: a new row is pending until the server has sent it back', async () => {
    note('Fragile');
    expect(flags('product_note', PRODUCT)).toEqual({ pending: true, conflict: false });
    expect(waiting()).toEqual(['create product_note']);
    await bench.run();
    expect(flags('product_note', PRODUCT)).toEqual({ pending: false, conflict: false });
    expect(waiting()).toEqual([]);
  });

  test('IsModified: a changed row is pending, and no other row is', async () => {
    bench.rename('Front rack');
    expect(flags('location', PLACE)).toEqual({ pending: true, conflict: false });
    expect(flags('product', PRODUCT)).toEqual({ pending: false, conflict: false });
    expect(waiting()).toEqual(['update location']);
    await bench.run();
    expect(flags('location', PLACE)).toEqual({ pending: false, conflict: false });
  });

  test('IsActive: a removed row is out of sight at once, and stays in the copy until it is sent', async () => {
    remove('location', PLACE);
    expect(flags('location', PLACE)).toBeNull();
    expect(waiting()).toEqual(['remove location']);
    expect(bench.laptop.rows(SITE_SCOPE)?.size).toBe(1);
    await bench.run();
    expect(bench.laptop.rows(SITE_SCOPE)?.size).toBe(0);
    expect(bench.server.row(SITE_SCOPE, 'location', PLACE)).toBeNull();
  });

  test('a row that came and went before any sync leaves nothing', async () => {
    note('Mistake');
    remove('product_note', PRODUCT);
    expect(flags('product_note', PRODUCT)).toBeNull();
    await bench.run();
    expect(bench.server.row('catalogue', 'product_note', PRODUCT)).toBeNull();
    expect(waiting()).toEqual([]);
  });
});
