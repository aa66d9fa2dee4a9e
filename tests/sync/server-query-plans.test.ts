import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReadable, openWritable } from '../../main/store/sqlite.ts';
import { createTenantAuth } from '../../server/auth/tenant-auth.ts';
import { serverRouter } from '../../server/router.ts';
import { DATABASE_FILE, type ServerStore } from '../../server/store/open-store.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import { badPlans, type PlanRules, unusedRules, watchStatements } from '../support/query-plans.ts';
import { productRow } from '../support/server-rows.ts';
import { PLACE, PRODUCT, SITE, useSyncWorlds } from '../support/sync-world.ts';

/** What syncs and typed procedures make the server read, on SQLite. Readers of a laptop have a test of their own. */
const newWorld = useSyncWorlds();

const SERVER: PlanRules = {
  smallTables: {
    migration: 'one row for each migration',
    server_meta: 'has one row',
    step: 'a bounded number of entries, chosen by an index',
    sync_scope: 'the catalogue and one row for each site',
  },
  exceptions: [
    {
      allows: 'scan',
      statement: /^select \* from "\w+" order by "sort_key", "id" limit \?$/,
      why: 'the first page by name: ends with it',
    },
    {
      allows: 'sort',
      statement: /from "barcode" where "product_id" = \?/,
      why: 'the barcodes of one product',
    },
    {
      allows: 'sort',
      statement: /from "stock_movement" where "product_id" = \?/,
      why: 'the movements of one product',
    },
  ],
};

test('no sync and no procedure reads a big table from end to end', async () => {
  const statementsOf = watchStatements();
  const world = await newWorld();
  const { server, serverFolder, office } = world;
  const laptop = await world.laptop();
  await office((tx) => tx.insert('product', [productRow(7)]));
  const input = { kind: 'receive', toLocationId: null, quantity: 3, reason: null } as const;
  laptop.person.recordMovement({ ...input, productId: PRODUCT, locationId: PLACE });
  await laptop.sync(server);
  await callProcedures(server.store);

  const db = openReadable(join(serverFolder, DATABASE_FILE));
  const texts = statementsOf(db.name);
  expect(texts.size).toBeGreaterThan(20);
  expect(badPlans(db, texts, SERVER)).toEqual([]);
  expect(unusedRules(db, texts, SERVER)).toEqual([]);
  db.close();
});

test('without an index the check would fail', async () => {
  const statementsOf = watchStatements();
  const world = await newWorld();
  await world.laptop();
  await callProcedures(world.server.store);
  const file = join(world.serverFolder, DATABASE_FILE);
  const texts = statementsOf(file);
  await world.server.store.close();
  const db = openWritable(file, { durability: 'NORMAL' });
  for (const index of ['product_by_sort_key_and_id', 'barcode_by_product_id']) {
    db.exec(`BEGIN; DROP INDEX ${index}`);
    expect.soft(badPlans(db, texts, SERVER), index).not.toEqual([]);
    db.exec('ROLLBACK');
  }
  db.close();
});

async function callProcedures(store: ServerStore): Promise<void> {
  const call = serverRouter.createCaller({
    store,
    now: Date.now,
    snapshots: null,
    actor: { kind: 'open' },
    auth: createTenantAuth({ store, now: Date.now }),
    address: '127.0.0.1',
    requestId: 'test',
    reportFailure: () => undefined,
  });
  const scope = {
    protocol: PROTOCOL_VERSION,
    serverId: store.serverId,
    scope: 'catalogue' as const,
  };
  await call.sync.digests(scope);
  await call.sync.bucketRows({
    ...scope,
    entity: 'product',
    buckets: [1],
    afterId: null,
    maxRows: 5,
  });
  const { products, brands, categories, sites } = call.catalogue;
  for (const { list } of [products, brands, categories, sites]) {
    await list({});
    await list({ after: { sortKey: 'p', id: PRODUCT } });
  }
  await products.byId({ id: PRODUCT });
  for (const text of ['SKU-1', 'product 1', '4001']) await products.search({ text });
  await call.stock.levels.list({ productId: PRODUCT });
  await call.stock.locations.list({ siteId: SITE });
  await call.stock.movements.list({ productId: PRODUCT });
  await call.stock.movements.list({ productId: PRODUCT, beforeId: PRODUCT });
}
