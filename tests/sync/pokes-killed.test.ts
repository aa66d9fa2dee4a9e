import { expect, onTestFinished, test } from 'vitest';
import { createHttpPokeServer } from '../../main/sync/poke/http-poke-server.ts';
import { PokeListener, type PokeTarget } from '../../main/sync/poke/poke-listener.ts';
import { sleepUntilAborted } from '../../main/sync/poke/sleep-until-aborted.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../shared/sync/scope.ts';
import { idOf, locationRow, productRow, siteRow } from '../support/server-rows.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { openTestStore, testLocation } from '../support/test-store.ts';
import { ServerProcess } from './hostile/support/server-process.ts';

const newFolder = useTempFolders();
const LAPTOPS = 5;
const SITE = siteScope(idOf(0));
/** The processes of servers start under whatever else the machine has to do. */
const PATIENCE = { timeout: 60_000 };

interface Listening {
  isLive: () => boolean;
  /** How often a line has been had. */
  lines: () => number;
  version: (scope: Scope) => number | undefined;
}

function listen(at: number, url: string): Listening {
  const told = new Map<Scope, number>();
  let [isLive, lines] = [false, 0];
  const listener = new PokeListener({
    connect: async (to) => createHttpPokeServer(to),
    now: Date.now,
    // Each its own waits, as laptops have, but none so long that the test takes minutes.
    random: () => 0.1 + 0.02 * at,
    sleep: sleepUntilAborted,
    onVersions: ({ versions }) => {
      for (const { scope, version } of versions) told.set(scope, version);
    },
    onLive: (live) => {
      isLive = live;
      if (live) lines += 1;
    },
  });
  onTestFinished(() => listener.close());
  const target: PokeTarget = {
    url,
    input: {
      protocol: PROTOCOL_VERSION,
      serverId: null,
      deviceId: idOf(900 + at),
      scopes: [CATALOGUE_SCOPE, SITE],
    },
  };
  listener.aim(target);
  return { isLive: () => isLive, lines: () => lines, version: (scope) => told.get(scope) };
}

test('laptops come back to a server that was killed under their lines, and hear what they missed', async () => {
  const dataDir = newFolder();
  const store = await openTestStore({ dataDir });
  onTestFinished(() => store.close());
  const location = await testLocation(dataDir);
  await commitChanges(store, (tx) => tx.insert('site', [siteRow(0)]));
  const killed = await ServerProcess.start(location);
  onTestFinished(() => killed.end('SIGKILL'));
  const laptops = Array.from({ length: LAPTOPS }, (_, at) => listen(at, killed.url));
  const allHave = async (scope: Scope, version: number): Promise<void> => {
    await expect
      .poll(() => laptops.map((laptop) => laptop.version(scope)), PATIENCE)
      .toEqual(laptops.map(() => version));
  };
  await allHave(CATALOGUE_SCOPE, 1);

  await killed.end('SIGKILL');
  await expect.poll(() => laptops.some(({ isLive }) => isLive()), PATIENCE).toBe(false);
  // No server is there to tell of these.
  await commitChanges(store, (tx) => tx.insert('product', [productRow(0)]));
  await commitChanges(store, (tx) => tx.insert('location', [locationRow(0)]));
  expect(laptops.map(({ version }) => version(CATALOGUE_SCOPE))).toEqual(laptops.map(() => 1));

  const next = await ServerProcess.start(location, Number(new URL(killed.url).port));
  onTestFinished(() => next.end('SIGKILL'));
  expect(next.url).toBe(killed.url);
  await allHave(CATALOGUE_SCOPE, 2);
  await allHave(SITE, 1);
  expect(laptops.map(({ lines }) => lines())).toEqual(laptops.map(() => 2));

  // The new lines are as good as the ones before.
  await commitChanges(store, (tx) => tx.insert('product', [productRow(1)]));
  await allHave(CATALOGUE_SCOPE, 3);
  expect(laptops.every(({ isLive }) => isLive())).toBe(true);
}, 180_000);
