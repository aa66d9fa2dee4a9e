import { randomInt } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { SNAPSHOT_ROWS_MIN } from '../../../shared/sync/snapshot.ts';
import { runProgram } from '../../support/run-program.ts';
import { productRow } from '../../support/server-rows.ts';
import { type HostileWorld, openHostileWorld } from './support/hostile-world.ts';

vi.setConfig({ testTimeout: 240_000 });

const KILLS = 4;
/** Long enough for a file of several chunks. */
const DESCRIPTION = 'A bolt of steel, zinc plated, with a flange and a serrated face. '.repeat(8);
const MANY = Array.from({ length: SNAPSHOT_ROWS_MIN + 100 }, (_, at) =>
  productRow(1_000 + at, { description: `${at} ${DESCRIPTION}` }),
);

/** A server with enough rows for a snapshot, and one built. */
async function openLargeWorld(): Promise<HostileWorld> {
  const world = await openHostileWorld();
  await world.server.stop();
  await world.change((tx) => tx.insert('product', MANY));
  const { dataDir, database } = world.server.location;
  const built = await runProgram(
    'server/cli/main.ts',
    ['snapshot', '--data', dataDir],
    database === undefined ? {} : { TALLYMAN_DATABASE: database },
  ).ended;
  expect(built.code, built.stderr).toBe(0);
  await world.restartServer();
  return world;
}

function downloads({ proxy }: HostileWorld): number {
  return proxy.calls.filter((call) => call.startsWith('/snapshots/')).length;
}

test('a laptop killed at random moments of a first sync by snapshot ends equal to its server', async () => {
  await using world = await openLargeWorld();
  const laptop = world.newLaptop();
  const kills: number[] = [];
  for (let round = 0; round < KILLS; round++) {
    const { child, ended } = await laptop.startSync();
    const ms = randomInt(300, 1_500);
    kills.push(ms);
    const timer = setTimeout(() => child.kill('SIGKILL'), ms);
    await ended;
    clearTimeout(timer);
  }
  const about = `killed after ${kills.join(', ')} ms`;
  expect(await laptop.sync(), about).toMatchObject({ outcome: 'complete' });
  expect(downloads(world), about).toBeGreaterThan(0);
  await world.expectHealed();
});

test('a download that is cut half-way, and a server killed under it, cost nothing but time', async () => {
  await using world = await openLargeWorld();
  const laptop = world.newLaptop();
  world.proxy.script = (procedure) =>
    procedure.startsWith('/snapshots/')
      ? async ({ forward, cutHalfWay }) => cutHalfWay(await forward())
      : null;
  // Each connection brings half of what is left, until that is next to nothing.
  expect(await laptop.sync()).toMatchObject({ outcome: 'error' });
  expect(downloads(world)).toBeGreaterThan(1);
  world.proxy.script = (procedure) =>
    procedure.startsWith('/snapshots/')
      ? async ({ cut }) => {
          await world.server.kill();
          cut();
        }
      : null;
  expect(await laptop.sync()).toMatchObject({ outcome: 'error' });
  await world.restartServer();
  world.proxy.heal();
  expect(await laptop.sync()).toMatchObject({ outcome: 'complete' });
  await world.expectHealed();
});
