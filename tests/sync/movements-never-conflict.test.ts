import { expect, onTestFinished, test } from 'vitest';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { InProcessServer } from '../support/in-process-server.ts';
import { idOf, levelRow, locationRow, productRow, siteRow } from '../support/server-rows.ts';
import { SyncBench } from '../support/sync-bench.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const newFolder = useTempFolders();

test('two laptops that each take three from ten offline leave four, and nobody is asked', async () => {
  const server = await InProcessServer.open(newFolder());
  const laptops = [new SyncBench(idOf(9_000)), new SyncBench(idOf(9_001))];
  onTestFinished(async () => {
    for (const laptop of laptops) laptop.dispose();
    await server.close();
  });
  await commitChanges(server.store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('product', [productRow(0)]);
    await tx.insert('location', [locationRow(0)]);
    await tx.insert('stock_level', [levelRow(1, { quantity: 10 })]);
  });
  for (const laptop of laptops) await laptop.sync(server);
  for (const laptop of laptops) {
    laptop.person.recordMovement({
      kind: 'issue',
      productId: idOf(0),
      locationId: idOf(0),
      toLocationId: null,
      quantity: 3,
      reason: null,
    });
  }
  for (const laptop of [...laptops, ...laptops]) await laptop.sync(server);
  for (const laptop of laptops) {
    expect(laptop.see('stock_level', idOf(1))).toMatchObject({ quantity: 4 });
    expect(laptop.person.conflicts()).toEqual([]);
    expect(laptop.work.outbox.waiting()).toBe(0);
  }
});
