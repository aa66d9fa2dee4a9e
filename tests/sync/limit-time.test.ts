import { afterEach, expect, test } from 'vitest';
import { openReadable } from '../../main/store/sqlite.ts';
import { must } from '../../shared/domain/assert.ts';
import { deliveryRow, idOf } from '../support/server-rows.ts';
import { SITE_SCOPE, useSyncWorlds } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();
const timeZone = process.env['TZ'];
afterEach(() => {
  if (timeZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = timeZone;
});

/** Half an hour before summer time begins in Berlin. */
const MOMENT = Date.UTC(2026, 2, 29, 0, 30);
const DAY = 24 * 3_600_000;

test.each(['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata', 'Europe/Berlin'])(
  'L26: in %s a moment is the same moment and no time is no time, whatever the way it went',
  async (zone) => {
    const world = await openWorld();
    await world.office((tx) =>
      tx.insert('delivery', [
        deliveryRow(40, { expected_at: MOMENT }),
        deliveryRow(41, { expected_at: null }),
        deliveryRow(42, { expected_at: 0 }),
      ]),
    );
    process.env['TZ'] = zone;
    const laptop = await world.laptop();
    const expectedAt = (number: number): unknown =>
      laptop.see('delivery', idOf(number))?.['expected_at'];
    expect([40, 41, 42].map(expectedAt)).toEqual([MOMENT, null, 0]);

    const fields = { expected_at: MOMENT + DAY };
    laptop.person.write([
      { kind: 'update', entity: 'delivery', id: idOf(41), fields },
      { kind: 'update', entity: 'delivery', id: idOf(40), fields: { expected_at: null } },
    ]);
    await laptop.sync(world.server);
    const onServer = await world.server.store.reader
      .selectFrom('delivery')
      .select('expected_at')
      .orderBy('code')
      .execute();
    expect(onServer.map(({ expected_at }) => expected_at)).toEqual([null, MOMENT + DAY, 0]);

    const { file } = must(
      laptop.replicas.views().find(({ scope }) => scope === SITE_SCOPE),
      'the site',
    );
    const db = openReadable(file);
    const types = db.prepare('SELECT typeof(expected_at) FROM delivery ORDER BY code').pluck();
    expect(types.all()).toEqual(['null', 'integer', 'integer']);
    db.close();
  },
);
