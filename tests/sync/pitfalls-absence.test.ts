import { expect, test } from 'vitest';
import { siteScope } from '../../shared/sync/scope.ts';
import { idOf, locationRow, productRow, siteRow } from '../support/server-rows.ts';
import {
  PRODUCT,
  rowsOf,
  SITE_SCOPE,
  type SyncWorld,
  useSyncWorlds,
  withoutRepair,
} from '../support/sync-world.ts';

const openWorld = useSyncWorlds();
const OTHER_SITE = idOf(1);
const OTHER_SCOPE = siteScope(OTHER_SITE);

/** What a clean-up of tombstones leaves: none up to the scope's version of now. */
async function forgetTombstones({ server }: SyncWorld, scope: string): Promise<void> {
  const { writer } = server.store;
  const { scope_id, version } = await writer
    .selectFrom('sync_scope')
    .select(['scope_id', 'version'])
    .where('scope', '=', scope)
    .executeTakeFirstOrThrow();
  await writer
    .deleteFrom('sync_change')
    .where('scope_id', '=', scope_id)
    .where('operation', '<>', 0)
    .execute();
  await writer
    .updateTable('sync_scope')
    .set({ floor_version: version })
    .where('scope_id', '=', scope_id)
    .execute();
}

test('pitfall 5: long offline beyond the floor: that scope alone is fetched anew, and the outbox is kept and sent', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  laptop.person.write([
    { kind: 'update', entity: 'location', id: idOf(1), fields: { name: 'Done offline' } },
  ]);
  await world.office(async (tx) => {
    await tx.remove('location', [idOf(2)]);
    await tx.update('product', [productRow(0, { name: 'Changed' })]);
  });
  await forgetTombstones(world, SITE_SCOPE);
  const before = laptop.work.replicaFile('catalogue', 'current');
  const siteBefore = laptop.work.replicaFile(SITE_SCOPE, 'current');

  await laptop.sync(withoutRepair(world.server));
  expect(laptop.work.replicaFile('catalogue', 'current')).toBe(before);
  expect(laptop.work.replicaFile(SITE_SCOPE, 'current')).not.toBe(siteBefore);
  expect(laptop.see('product', PRODUCT)).toMatchObject({ name: 'Changed' });
  expect(laptop.see('location', idOf(2))).toBeNull();
  expect(laptop.see('location', idOf(1))).toMatchObject({ name: 'Done offline' });
  expect(laptop.work.outbox.waiting()).toBe(0);
  expect(await locationNames(world)).toContain('Done offline');
});

async function locationNames({ server }: SyncWorld): Promise<(string | null)[]> {
  const rows = await server.store.reader.selectFrom('location').select('name').execute();
  return rows.map(({ name }) => name);
}

test('pitfall 5: a row deleted and made anew under the same id is the new one, whatever a laptop saw in between', async () => {
  const world = await openWorld();
  const [away, following] = [await world.laptop(), await world.laptop()];
  await world.office((tx) => tx.remove('product', [idOf(2)]));
  await following.sync(withoutRepair(world.server));
  expect(following.see('product', idOf(2))).toBeNull();
  await world.office((tx) =>
    tx.insert('product', [productRow(2, { sku: 'NEW', name: 'Another thing' })]),
  );
  for (const laptop of [away, following]) {
    await laptop.sync(withoutRepair(world.server));
    expect(laptop.see('product', idOf(2))).toMatchObject({ sku: 'NEW', name: 'Another thing' });
  }
  expect(rowsOf(away)).toEqual(rowsOf(following));
});

test('pitfall 5: a row that moved from A to B and back to A while a laptop was offline is there once', async () => {
  const world = await openWorld();
  await world.office((tx) => tx.insert('site', [siteRow(1)]));
  const away = await world.laptop();
  const following = await world.laptop();
  for (const site of [OTHER_SITE, idOf(0)]) {
    const note = `at ${site}`;
    await world.office((tx) => tx.update('location', [locationRow(1, { site_id: site, note })]));
    await following.sync(withoutRepair(world.server));
    expect(following.see('location', idOf(1))).toMatchObject({ site_id: site, note });
  }
  await away.sync(withoutRepair(world.server));
  for (const laptop of [away, following]) {
    expect(laptop.rows(SITE_SCOPE)?.size).toBe(3);
    expect(laptop.rows(OTHER_SCOPE)?.size).toBe(0);
  }
  expect(away.rows(SITE_SCOPE)).toEqual(following.rows(SITE_SCOPE));
});

test('pitfall 5: an edit made offline in a scope that is followed no more is kept until it is sent', async () => {
  const world = await openWorld();
  await world.office((tx) => tx.insert('site', [siteRow(1)]));
  const laptop = await world.laptop();
  laptop.person.write([
    { kind: 'update', entity: 'location', id: idOf(1), fields: { name: 'Done offline' } },
  ]);
  laptop.siteCodes = ['S1'];
  world.server.faults = ['loseRequest'];
  await expect(laptop.sync(withoutRepair(world.server))).rejects.toMatchObject({
    code: 'SERVER_UNREACHABLE',
  });
  expect(laptop.rows(SITE_SCOPE)).toBeNull();
  expect(laptop.work.outbox.waiting()).toBe(1);
  await laptop.sync(withoutRepair(world.server));
  expect(laptop.work.outbox.waiting()).toBe(0);
  expect(await locationNames(world)).toContain('Done offline');
});

test('pitfall 5: a site that has ended is left, its pending edit is asked about, and all else goes on', async () => {
  const world = await openWorld();
  await world.office(async (tx) => {
    await tx.insert('site', [siteRow(1)]);
    await tx.insert('location', [locationRow(7, { site_id: OTHER_SITE })]);
  });
  const laptop = await world.laptop();
  laptop.person.write([
    { kind: 'update', entity: 'location', id: idOf(7), fields: { name: 'Mine' } },
  ]);
  await world.office(async (tx) => {
    await tx.remove('location', [idOf(7)]);
    await tx.remove('site', [OTHER_SITE]);
    await tx.update('location', [locationRow(0, { name: 'Theirs' })]);
  });
  await laptop.sync(withoutRepair(world.server));
  expect(laptop.rows(OTHER_SCOPE)).toBeNull();
  expect(laptop.work.followedScopes().map(({ scope }) => scope)).toEqual(['catalogue', SITE_SCOPE]);
  expect(laptop.see('location', idOf(0))).toMatchObject({ name: 'Theirs' });
  expect(laptop.work.outbox.waiting()).toBe(0);
  expect(laptop.person.conflicts()).toMatchObject([{ rowId: idOf(7), kind: 'updateDelete' }]);
});

test('pitfall 5: a site that ended before its first copy was whole is left, too', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  await world.office((tx) => tx.insert('site', [siteRow(1)]));
  world.server.faults = ['none', 'loseRequest'];
  await expect(laptop.sync(withoutRepair(world.server))).rejects.toMatchObject({
    code: 'SERVER_UNREACHABLE',
  });
  expect(laptop.work.followedScopes()).toHaveLength(3);
  await world.office((tx) => tx.remove('site', [OTHER_SITE]));
  await laptop.sync(withoutRepair(world.server));
  expect(laptop.work.followedScopes()).toHaveLength(2);
});
