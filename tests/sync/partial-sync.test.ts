import { describe, expect, test } from 'vitest';
import { siteScope } from '../../shared/sync/scope.ts';
import { idOf, locationRow, siteRow } from '../support/server-rows.ts';
import { PLACE, PRODUCT, SITE, SITE_SCOPE, useSyncWorlds } from '../support/sync-world.ts';

const newWorld = useSyncWorlds();
const OTHER_SITE = idOf(1);
const OTHER_SCOPE = siteScope(OTHER_SITE);

/** Two sites; the laptop works at the first, whose code is `S0`. */
async function twoSites() {
  const world = await newWorld();
  await world.office(async (tx) => {
    await tx.insert('site', [siteRow(1)]);
    await tx.insert('location', [locationRow(50, { site_id: OTHER_SITE })]);
  });
  const laptop = await world.laptop();
  const [own, other] = laptop.work.followedScopes().slice(1);
  const codes = [own?.siteCode ?? '', other?.siteCode ?? ''] as const;
  laptop.siteCodes = [codes[0]];
  await laptop.sync(world.server);
  return { ...world, laptop, codes };
}

const movement = (locationId: string) => ({
  kind: 'receive' as const,
  productId: PRODUCT,
  locationId,
  toLocationId: null,
  quantity: 7,
  reason: null,
});

describe('partial sync', () => {
  test('a laptop holds the catalogue and the sites it works at, and nothing of others', async () => {
    const { laptop } = await twoSites();
    expect(laptop.rows(SITE_SCOPE)?.size).toBeGreaterThan(0);
    expect(laptop.rows(OTHER_SCOPE)).toBeNull();
  });

  test('a site can be joined while work waits, and the work is sent in the same run', async () => {
    const { laptop, server, codes } = await twoSites();
    const operationId = laptop.person.recordMovement(movement(PLACE));
    laptop.siteCodes = [...codes];
    await laptop.sync(server);
    expect(laptop.rows(OTHER_SCOPE)?.size).toBeGreaterThan(0);
    expect(laptop.work.outbox.find(operationId)?.state).toBe('applied');
  });

  test('leaving a site keeps its unsent work until it is sent', async () => {
    const { laptop, server, codes } = await twoSites();
    const operationId = laptop.person.recordMovement(movement(PLACE));
    laptop.siteCodes = [codes[1]];
    server.faults = ['loseRequest'];
    await expect(laptop.sync(server)).rejects.toThrow('the network');
    // The site is left, its data gone; what was done there waits all the same.
    expect(laptop.rows(SITE_SCOPE)).toBeNull();
    expect(laptop.work.outbox.find(operationId)?.state).toBe('waiting');
    await laptop.sync(server);
    expect(laptop.work.outbox.find(operationId)?.state).toBe('applied');
    const level = await server.store.reader
      .selectFrom('stock_level')
      .select('quantity')
      .where('site_id', '=', SITE)
      .executeTakeFirst();
    expect(level?.quantity).toBe(7);
  });

  test('a conflict of a site that was left can still be decided', async () => {
    const { laptop, server, codes, office } = await twoSites();
    const write = { kind: 'update' as const, entity: 'location', id: PLACE };
    laptop.person.write([{ ...write, fields: { name: 'Mine' } }]);
    await office((tx) => tx.update('location', [locationRow(0, { name: 'Theirs' })]));
    laptop.siteCodes = [codes[1]];
    await laptop.sync(server);
    const [conflict] = laptop.person.conflicts();
    expect(conflict).toMatchObject({ field: 'name', mine: 'Mine', theirs: 'Theirs' });
    laptop.person.resolve([{ conflictId: conflict?.id ?? '', choice: 'mine' }]);
    await laptop.sync(server);
    const place = await server.store.reader
      .selectFrom('location')
      .select('name')
      .where('id', '=', PLACE)
      .executeTakeFirst();
    expect(place?.name).toBe('Mine');
  });
});
