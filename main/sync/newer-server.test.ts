import { afterEach, beforeEach, expect, test } from 'vitest';
import { must } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import { ModelSyncServer } from '../../tests/support/model-sync-server.ts';
import { SyncBench } from '../../tests/support/sync-bench.ts';

const uuid = (number: number): string =>
  `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const product = (number: number, colour: string | null = null) => ({
  entity: 'product',
  id: uuid(number),
  row: { sku: `P-${number}`, name: `Product ${number}`, unit: 'pcs', archived: 0, colour },
});
const supplier = (number: number, name = `Supplier ${number}`) => ({
  entity: 'supplier',
  id: uuid(number),
  row: { name, rating: number },
});

let server: ModelSyncServer;
let laptop: SyncBench;
beforeEach(() => {
  server = new ModelSyncServer({ serverId: uuid(1), epoch: uuid(2) });
  laptop = new SyncBench(uuid(3));
});
afterEach(() => laptop.dispose());

function upgradeServer(): void {
  server.addColumn('product', 'colour');
  server.addColumn('supplier', 'name');
  server.addColumn('supplier', 'rating');
}

function replica() {
  return must(laptop.replicas.get('catalogue', 'current'), 'the catalogue');
}

function expectEqual(): void {
  expect(replica().state.digest).toEqual(server.digest('catalogue'));
  expect(replica().state.version).toBe(server.version('catalogue'));
}

/** What the laptop really holds, as the server has it. */
function held(entity: string): unknown[] {
  return replica()
    .table(entity)
    .contentAfter(0, 1_000)
    .map(({ values, version }) => [...values, version]);
}

test('a first sync from a newer server keeps what this app does not know, and counts it', async () => {
  upgradeServer();
  server.write('catalogue', [product(10, 'red'), product(11), supplier(500)]);
  await laptop.sync(server);
  expectEqual();
  expect(held('product')[0]).toEqual(server.rows('catalogue').get(`product ${uuid(10)}`));
  expect(held('supplier')).toEqual([[uuid(500), 'Supplier 500', 500, 1]]);
  laptop.restart();
  server.requests = 0;
  await laptop.sync(server);
  expect(server.requests).toBe(1);
});

test('changes and deletes of what this app does not know are followed', async () => {
  upgradeServer();
  server.write('catalogue', [
    product(10, 'red'),
    product(11, 'blue'),
    supplier(500),
    supplier(501),
  ]);
  await laptop.sync(server);
  server.write('catalogue', [
    product(10, 'green'),
    { ...product(11), row: null },
    supplier(500, 'Renamed'),
    { ...supplier(501), row: null },
    supplier(502),
  ]);
  await laptop.sync(server);
  expectEqual();
  expect(held('supplier').map((row) => (row as unknown[])[1])).toEqual(['Renamed', 'Supplier 502']);
  expect(held('product')[0]).toEqual(server.rows('catalogue').get(`product ${uuid(10)}`));
});

test('an update of the server alone, while the laptop is away, ends with both equal', async () => {
  server.write('catalogue', [product(10), product(11), product(12)]);
  await laptop.sync(server);
  upgradeServer();
  server.write('catalogue', [product(13, 'red'), supplier(500)]);
  await laptop.sync(server);
  expectEqual();
  expect(laptop.rows('catalogue')?.size).toBe(4);
});

test('damage to parked values and parked rows is found and mended like any other', async () => {
  upgradeServer();
  server.write('catalogue', [product(10, 'red'), supplier(500), supplier(501)]);
  await laptop.sync(server);
  const current = replica();
  current.database.exec(`UPDATE product SET parked = '["black"]'`);
  current.database.exec(`UPDATE parked_row SET row_values = json_set(row_values, '$[1]', 'X')`);
  current.begin();
  current.removeRows('supplier', [uuid(501)]);
  current.commit({});
  await laptop.sync(server);
  expectEqual();
  expect(held('supplier').toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    [uuid(500), 'Supplier 500', 500, 1],
    [uuid(501), 'Supplier 501', 501, 1],
  ]);
  expect(held('product')[0]).toEqual(server.rows('catalogue').get(`product ${uuid(10)}`));
});

test('a row that is no row of the unknown entity is refused', async () => {
  upgradeServer();
  server.write('catalogue', [supplier(500)]);
  const pull = server.pull.bind(server);
  server.pull = async (input, signal) => {
    const answer = await pull(input, signal);
    return JSON.parse(JSON.stringify(answer).replace('500,1]', '{"a":1},1]')) as typeof answer;
  };
  await expect(laptop.sync(server)).rejects.toMatchObject({ code: 'SERVER_ERROR' });
});

test('S3: an older server is named as the side to update, and nothing is changed', async () => {
  server.write('catalogue', [product(10)]);
  await laptop.sync(server);
  server.dropLastColumn('product');
  server.write('catalogue', [product(11)]);
  const failure: unknown = await laptop.sync(server).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TallymanError);
  expect(failure).toMatchObject({ code: 'UPGRADE_REQUIRED', details: { update: 'server' } });
  expect(laptop.rows('catalogue')?.size).toBe(1);
});
