import { beforeEach, expect, test } from 'vitest';
import { idOf } from '../support/server-rows.ts';
import { openEngineBench } from '../support/engine-bench.ts';

const BRANDS = 40;

let bench: ReturnType<typeof openEngineBench>;
beforeEach(async () => {
  bench = openEngineBench();
  bench.server.write(
    'catalogue',
    Array.from({ length: BRANDS }, (_, at) => ({
      entity: 'brand',
      id: idOf(at),
      row: { code: `B${at}`, name: `Brand ${at}` },
    })),
  );
  await bench.run();
});

test.each([
  { kind: 'create', entity: 'brand', row: { code: 'B', name: 'New' } },
  { kind: 'update', entity: 'brand', id: idOf(1), fields: { name: 'Mine' } },
  { kind: 'remove', entity: 'brand', id: idOf(1) },
] as const)('a laptop may not $kind a row that the server owns', (write) => {
  expect(() => bench.laptop.person.write([write])).toThrow(
    'A brand cannot be changed on a laptop.',
  );
  expect(bench.laptop.work.outbox.waiting()).toBe(0);
});

test('a change moves alone, although the model downloads everything each time', async () => {
  bench.server.write('catalogue', [
    { entity: 'brand', id: idOf(3), row: { code: 'B3', name: 'New' } },
  ]);
  expect(await bench.run()).toMatchObject({ result: { rowsReceived: 1 } });
});

test.each([
  ['brand', idOf(3), BRANDS - 1],
  ['product', idOf(500), 0],
])(
  'a damaged copy of %s is mended whole if the table is small, and by what differs if not',
  async (entity, id, others) => {
    bench.server.write(
      'catalogue',
      [500, 501, 502].map((number) => ({
        entity: 'product',
        id: idOf(number),
        row: { sku: `S${number}`, name: 'Screw', unit: 'pcs', archived: 0 },
      })),
    );
    await bench.run();
    const replica = bench.laptop.replicas.get('catalogue', 'current');
    replica?.begin();
    replica?.removeRows(entity, [id]);
    replica?.commit({});
    expect(await bench.run()).toMatchObject({ result: { rowsReceived: 1 + others } });
    expect(bench.laptop.rows('catalogue')).toEqual(bench.server.rows('catalogue'));
  },
);
