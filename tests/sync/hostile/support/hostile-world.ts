import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type FaultyProxy, startFaultyProxy } from '../../../support/faulty-proxy.ts';
import { HostileLaptop } from './hostile-laptop.ts';
import { type HostileServer, newHostileServer } from './hostile-server.ts';
import { changeStore, OPENING, writeOpening } from './opening.ts';
import type { ChangeTransaction } from '../../../../server/sync/change-transaction.ts';
import { laptopRows, operationsOf, replicaScopes } from './look-into-laptop.ts';
import { levelsOf, serverRows, serverScopes } from './look-into-server.ts';

/** Laptops that have each other's news to fetch need a second round; more than this and they do not come to rest. */
const HEALING_ROUNDS_MAX = 5;

/** One server, laptops, and a network between them that does what a test tells it. */
export interface HostileWorld extends AsyncDisposable {
  server: HostileServer;
  proxy: FaultyProxy;
  laptops: readonly HostileLaptop[];
  /** A new laptop that holds nothing. */
  newLaptop: () => HostileLaptop;
  /** A new laptop that has synced once. */
  laptop: () => Promise<HostileLaptop>;
  /** A second machine with everything that is in a laptop's folder. */
  copyOf: (laptop: HostileLaptop) => Promise<HostileLaptop>;
  restartServer: () => Promise<void>;
  /** What somebody at the office does. */
  change: (work: (tx: ChangeTransaction) => Promise<void>) => Promise<void>;
  /**
   * Ends all trouble, syncs all laptops until nothing waits, and checks what always has to be: laptops equal to the server,
   * stock equal to what the movements make it, every operation exactly once.
   */
  expectHealed: () => Promise<void>;
}

export async function openHostileWorld(): Promise<HostileWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-hostile-'));
  mkdirSync(join(folder, 'server'));
  const server = await newHostileServer(join(folder, 'server'));
  await writeOpening(server.location);
  await server.start();
  const proxy = await startFaultyProxy(server.url);
  const laptops: HostileLaptop[] = [];
  const newLaptop = (): HostileLaptop => {
    const laptop = new HostileLaptop(join(folder, `laptop-${laptops.length}`), proxy.url);
    laptops.push(laptop);
    return laptop;
  };
  const restartServer = async (): Promise<void> => {
    await server.stop();
    await server.start();
    proxy.target = server.url;
  };
  return {
    server,
    proxy,
    laptops,
    newLaptop,
    laptop: async () => {
      const laptop = newLaptop();
      expect(await laptop.sync()).toMatchObject({ outcome: 'complete' });
      return laptop;
    },
    copyOf: async (laptop) => {
      await laptop.close();
      const copy = newLaptop();
      cpSync(laptop.folder, copy.folder, { recursive: true });
      return copy;
    },
    restartServer,
    change: (work) => changeStore(server.location, work),
    expectHealed: async () => {
      proxy.heal();
      if (!server.running) await restartServer();
      await syncUntilAtRest(server, laptops);
      await expectEqualToServer(server, laptops);
      await expectEachOperationOnce(server, laptops);
      const [onHand] = (await levelsOf(server.location)).productTotals;
      for (const laptop of laptops) {
        expect(await laptop.stock()).toMatchObject({ onHand, pending: 0 });
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const laptop of laptops) await laptop.close();
      await server[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function syncUntilAtRest(
  server: HostileServer,
  laptops: readonly HostileLaptop[],
): Promise<void> {
  for (let round = 0; round < HEALING_ROUNDS_MAX; round++) {
    for (const laptop of laptops) {
      const result = await laptop.syncHere();
      expect(result.outcome, result.error?.message).toBe('complete');
    }
    const versions = JSON.stringify(await serverScopes(server.location));
    if (laptops.every((laptop) => JSON.stringify(replicaScopes(laptop.folder)) === versions))
      return;
  }
  throw new Error('The laptops do not come to rest.');
}

async function expectEqualToServer(
  server: HostileServer,
  laptops: readonly HostileLaptop[],
): Promise<void> {
  const rows = await serverRows(server.location);
  for (const laptop of laptops) expect(laptopRows(laptop.folder)).toEqual(rows);
}

/** No movement is there twice: its id is the key. So it is enough that all of them are there and none else, and add up. */
async function expectEachOperationOnce(
  server: HostileServer,
  laptops: readonly HostileLaptop[],
): Promise<void> {
  const { movementIds, levels, fromMovements } = await levelsOf(server.location);
  const applied = new Set<string>();
  for (const laptop of laptops) {
    for (const { state, createdMovements } of operationsOf(laptop.folder)) {
      expect(state).not.toBe('waiting');
      if (state === 'applied') for (const id of createdMovements) applied.add(id);
    }
  }
  expect(movementIds).toEqual([...applied].toSorted());
  expect(levels, `opening stock ${OPENING} and movements`).toEqual(fromMovements);
}
