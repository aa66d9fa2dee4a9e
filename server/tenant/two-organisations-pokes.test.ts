import { expect, onTestFinished, test } from 'vitest';
import type { PokeEvent } from '../../shared/sync/poke-protocol.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../shared/sync/scope.ts';
import { makeOrganisation, type Organisation } from '../../tests/support/organisation-trial.ts';
import { idOf, locationRow, productRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { testLocation } from '../../tests/support/test-store.ts';
import { createLogger } from '../create-logger.ts';
import { startServer } from '../start-server.ts';
import { openStore, type ServerStore } from '../store/open-store.ts';
import { commitChanges } from '../sync/scope-commit.ts';

const newFolder = useTempFolders();
/** By how many commits the one is ahead of the other afterwards, so that its newest version cannot be one of the other. */
const LEAD = 5;

interface Line {
  status: number;
  /** As it came over the network. */
  text: () => string;
  /** Every version that was told, in its order. */
  told: () => [Scope, number][];
  ended: Promise<void>;
  hangUp: () => Promise<void>;
}

interface Asked {
  path: 'sync.poke' | 'sync.follow';
  token?: string;
  serverId?: string | null;
  deviceId: string;
  scopes: readonly Scope[];
}

async function openLine(
  url: string,
  { path, token, serverId = null, ...rest }: Asked,
): Promise<Line> {
  const hangingUp = new AbortController();
  const response = await fetch(`${url}/trpc/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ protocol: PROTOCOL_VERSION, serverId, ...rest }),
    signal: hangingUp.signal,
  });
  let text = '';
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      text += decoder.decode(piece as Uint8Array, { stream: true });
    }
  })().catch((error: unknown) => {
    if (!hangingUp.signal.aborted) throw error;
  });
  const hangUp = async (): Promise<void> => {
    hangingUp.abort();
    await ended;
  };
  onTestFinished(hangUp);
  const { status } = response;
  return { status, text: () => text, told: () => toldIn(text), ended, hangUp };
}

function toldIn(text: string): [Scope, number][] {
  return [...text.matchAll(/^data: (.+)$/gm)].flatMap(([, data = '']) => {
    const event = JSON.parse(data) as PokeEvent;
    if (event.kind !== 'versions') return [];
    return event.versions.map(({ scope, version }): [Scope, number] => [scope, version]);
  });
}

/** As another process of the same machine does it. */
async function openOrganisation({ location }: Organisation): Promise<ServerStore> {
  const store = await openStore(location);
  onTestFinished(() => store.close());
  return store;
}

async function changeCatalogue(store: ServerStore, number: number, name: string): Promise<number> {
  const { versions } = await commitChanges(store, (tx) =>
    tx.insert('product', [productRow(number, { name, sku: `${name} ${number}` })]),
  );
  return versions.get(CATALOGUE_SCOPE) ?? 0;
}

test.each(['sync.poke', 'sync.follow'] as const)(
  'a line of %s tells nothing of another organisation, whatever it asks for',
  async (path) => {
    const base = await testLocation(newFolder());
    const lines: string[] = [];
    const logger = createLogger('trace', { write: (line: string) => void lines.push(line) });
    const [a, b] = [await makeOrganisation(base, 'a'), await makeOrganisation(base, 'b')];
    const server = await startServer({ ...base, port: 0, snapshots: false, logger });
    onTestFinished(() => server.close());
    const urlOf = ({ code }: Organisation): string => `${server.url}/o/${code}`;
    const sites = [a, b].map(({ ids }) => siteScope(ids.siteId));
    const scopes: readonly Scope[] = [CATALOGUE_SCOPE, ...sites];
    /** Of nobody, at the first organisation, which has no people. */
    const root = await openLine(server.url, { path, deviceId: idOf(900), scopes });

    for (const [own, foreign] of [
      [a, b],
      [b, a],
    ] as const) {
      const { deviceId, serverId } = own;
      const token = own.session.accessToken;
      const line = await openLine(urlOf(own), { path, token, serverId, deviceId, scopes });
      const hearing = await openLine(urlOf(foreign), {
        path,
        token: foreign.session.accessToken,
        deviceId: foreign.deviceId,
        scopes,
      });
      const refused = [
        await openLine(urlOf(own), {
          path,
          token: foreign.session.accessToken,
          serverId: foreign.serverId,
          deviceId: foreign.deviceId,
          scopes,
        }),
        await openLine(urlOf(own), { path, serverId, deviceId, scopes }),
      ];
      const mistaken = { path, token, serverId: foreign.serverId, deviceId, scopes };
      const replaced = await openLine(urlOf(own), mistaken);
      await Promise.all([...refused, replaced].map(({ ended }) => ended));
      for (const { status, text } of refused) {
        expect(status).toBe(401);
        expect(text()).toContain('"code":"UNAUTHORIZED"');
      }
      expect(replaced.text()).toContain('"code":"SERVER_REPLACED"');
      expect([...refused, replaced].flatMap(({ told }) => told())).toEqual([]);

      const [ownStore, foreignStore] = [
        await openOrganisation(own),
        await openOrganisation(foreign),
      ];
      const number = own === a ? 300 : 400;
      // Once it has heard of this, it hears all that there is to hear.
      const first = await changeCatalogue(ownStore, number, own.canary);
      await expect.poll(() => line.told().at(-1)).toEqual([CATALOGUE_SCOPE, first]);
      const present = line.told().slice(0, -1);
      let newest = 0;
      for (let at = 1; newest < first + LEAD; at++) {
        newest = await changeCatalogue(foreignStore, number + at, foreign.canary);
        const place = locationRow(number + at, { site_id: foreign.ids.siteId, code: `P${at}` });
        await commitChanges(foreignStore, (tx) => tx.insert('location', [place]));
      }
      await expect.poll(() => hearing.told()).toContainEqual([CATALOGUE_SCOPE, newest]);
      const last = await changeCatalogue(ownStore, number + 50, own.canary);
      await expect.poll(() => line.told().at(-1)).toEqual([CATALOGUE_SCOPE, last]);

      expect(present.map(([scope]) => scope)).toEqual([CATALOGUE_SCOPE, siteScope(own.ids.siteId)]);
      expect(line.told()).toEqual([...present, [CATALOGUE_SCOPE, first], [CATALOGUE_SCOPE, last]]);
      for (const { text } of [line, replaced, ...refused]) {
        for (const secret of [foreign.canary, foreign.ids.siteId, foreign.ids.productId]) {
          expect(text()).not.toContain(secret);
        }
      }
      await line.hangUp();
      await hearing.hangUp();
    }
    const version = await changeCatalogue(server.store, 1, 'of nobody');
    await expect.poll(() => root.told()).toContainEqual([CATALOGUE_SCOPE, version]);
    expect(root.told().map(([scope]) => scope)).toEqual([CATALOGUE_SCOPE, CATALOGUE_SCOPE]);
    expect(Math.max(...root.told().map(([, told]) => told))).toBe(version);
    for (const secret of [a, b].flatMap(({ canary, session }) => [canary, session.refreshToken])) {
      expect(lines.filter((line) => line.includes(secret))).toEqual([]);
    }
  },
  120_000,
);
