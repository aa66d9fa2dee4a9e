import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matchExpression } from '../../main/store/search/search-query.ts';
import { queryTerms } from '../../shared/replica/search/search-terms.ts';
import { must } from '../../shared/domain/assert.ts';
import { idOf, productRow } from '../support/server-rows.ts';
import type { SyncBench } from '../support/sync-bench.ts';
import { useSyncWorlds, withoutRepair } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();

function catalogueOf(laptop: SyncBench) {
  return must(laptop.replicas.get('catalogue', 'current'), 'the catalogue');
}

function found(laptop: SyncBench, text: string): string[] {
  const { database } = catalogueOf(laptop);
  const expression = matchExpression(queryTerms(text), { facets: [], withoutFacets: [] });
  const matches = database
    .prepare('SELECT rowid FROM product_search WHERE product_search MATCH ?')
    .pluck()
    .all(expression);
  const ids = database
    .prepare(
      'SELECT id FROM product WHERE local_id IN (SELECT value FROM json_each(?)) ORDER BY id',
    )
    .pluck()
    .all(JSON.stringify(matches)) as string[];
  // The index names nothing that is gone.
  expect(ids).toHaveLength(matches.length);
  return ids;
}

test('pitfall 8: an index that followed many deltas finds what one built anew finds, and is whole', async () => {
  const world = await openWorld();
  await world.office(async (tx) => {
    await tx.insert('brand', [{ id: idOf(1), code: null, name: 'Meadow' }]);
    const rows = Array.from({ length: 60 }, (_, at) =>
      productRow(100 + at, { name: `Milk ${at}`, brand_id: idOf(1) }),
    );
    await tx.insert('product', rows);
  });
  const laptop = await world.laptop();
  world.server.rowsPerPage = 7;
  for (let round = 0; round < 6; round++) {
    await world.office(async (tx) => {
      const renamed = Array.from({ length: 20 }, (_, at) =>
        productRow(100 + round * 10 + at, { name: `Cheese ${round}`, brand_id: idOf(1) }),
      ).filter((_, at) => round * 10 + at < 60);
      await tx.update('product', renamed);
      await tx.remove('product', [idOf(100 + round)]);
      await tx.update('brand', [{ id: idOf(1), code: null, name: `Meadow of ${round}` }]);
    });
    await laptop.sync(withoutRepair(world.server));
  }
  expect(found(laptop, 'milk').length + found(laptop, 'cheese').length).toBe(54);
  const back = [0, 1, 2].map((at) => productRow(100 + at, { name: 'Back again' }));
  await world.office((tx) => tx.insert('product', back));
  await laptop.sync(withoutRepair(world.server));
  const anew = await world.laptop();
  for (const text of ['milk', 'cheese', 'cheese 5', 'chee', 'back', 'meadow', '5', '1']) {
    expect([text, found(laptop, text)]).toEqual([text, found(anew, text)]);
  }
  expect(found(laptop, 'back')).toHaveLength(3);
  expect(found(laptop, 'meadow')).toHaveLength(54);
  catalogueOf(laptop).database.exec(
    "INSERT INTO product_search (product_search, rank) VALUES ('integrity-check', 1)",
  );
});

test('pitfall 8: a delta writes what it changes, and does not build the index anew', async () => {
  const world = await openWorld();
  const rows = Array.from({ length: 5_000 }, (_, at) =>
    productRow(1_000 + at, { name: `Bolt number ${at} of many`, description: 'x'.repeat(100) }),
  );
  await world.office((tx) => tx.insert('product', rows));
  world.server.rowsPerPage = 5_000;
  const laptop = await world.laptop();
  const { file } = catalogueOf(laptop);
  catalogueOf(laptop).settle();
  await world.office((tx) => tx.update('product', [productRow(1_000, { name: 'Another bolt' })]));
  await laptop.sync(world.server);
  expect(found(laptop, 'another')).toEqual([idOf(1_000)]);
  expect(statSync(`${file}-wal`).size).toBeLessThan(statSync(file).size / 10);
});
