import { expect, test, vi } from 'vitest';
import { idOf } from '../../support/server-rows.ts';
import { openHostileWorld } from './support/hostile-world.ts';
import { laptopRows } from './support/look-into-laptop.ts';

vi.setConfig({ testTimeout: 240_000 });

test.each([24, -24 * 365])('S2: a clock that is off by %i hours orders nothing', async (hours) => {
  await using world = await openHostileWorld();
  const [right, wrong] = [await world.laptop(), await world.laptop()];
  wrong.clockOffHours = hours;
  await wrong.run('note', '--barcode', '4006381333931', '--text', 'first at the server');
  await wrong.adjust(3);
  expect(await wrong.sync()).toMatchObject({ outcome: 'complete', rowsSent: 2 });
  await right.run('note', '--barcode', '4006381333931', '--text', 'last at the server');
  await right.adjust(4);
  expect(await right.sync()).toMatchObject({ outcome: 'complete', rowsSent: 2 });
  await world.expectHealed();
  for (const laptop of world.laptops) {
    expect(laptopRows(laptop.folder)['product_note']).toMatchObject([
      { id: idOf(10), text: 'last at the server' },
    ]);
    expect(await laptop.stock()).toMatchObject({ onHand: 107 });
  }
});
