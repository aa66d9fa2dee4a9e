import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReadable, openWritable } from '../../main/store/sqlite.ts';
import { DATABASE_FILE } from '../../server/store/open-store.ts';
import { callProcedures } from '../support/call-procedures.ts';
import { badPlans, type PlanRules, unusedRules, watchStatements } from '../support/query-plans.ts';
import { productRow } from '../support/server-rows.ts';
import { PLACE, PRODUCT, useSyncWorlds } from '../support/sync-world.ts';

/** What syncs and typed procedures make the server read, on SQLite. Readers of a laptop have a test of their own. */
const newWorld = useSyncWorlds();

const SERVER: PlanRules = {
  smallTables: {
    migration: 'one row for each migration',
    own: 'is one row that a pull makes of its laptop',
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
      allows: 'scan',
      statement: /^[^?]* left join "device" on [^?]* order by "\w+"."id" desc limit \?$/,
      why: 'the newest page of a list that is asked for nothing else: ends with it',
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
  const indexes = [
    'product_by_sort_key_and_id',
    'barcode_by_product_id',
    'audit_by_outcome_and_id',
    'audit_by_person_id_and_id',
    'audit_by_device_id_and_id',
    'audit_by_action_and_id',
    'audit_by_subject_and_id',
  ];
  for (const index of indexes) {
    db.exec(`BEGIN; DROP INDEX ${index}`);
    expect.soft(badPlans(db, texts, SERVER), index).not.toEqual([]);
    db.exec('ROLLBACK');
  }
  db.close();
});
