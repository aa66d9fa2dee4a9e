import { expect, onTestFinished, test } from 'vitest';
import { createAuthTrial, laptop } from '../../tests/support/auth-trial.ts';
import { ask, type EdgeAnswer, posted } from '../../tests/support/edge-client.ts';
import { foreignInput } from '../../tests/support/foreign-inputs.ts';
import { CANARY_HASH, procedurePaths } from '../../tests/support/rights-world.ts';
import {
  deliveryRow,
  idOf,
  levelRow,
  lineRow,
  locationRow,
  movementRow,
  productRow,
  siteRow,
} from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { sitePhoto } from '../../shared/entities/site-photo.ts';
import type { SignedIn } from '../../shared/sync/auth-protocol.ts';
import { organisationField } from '../../shared/sync/organisation.ts';
import { createLogger } from '../create-logger.ts';
import { startServer } from '../start-server.ts';
import { openStore, type ServerStore } from '../store/open-store.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { makeOrganisationFolder, organisationLocation } from './organisation-location.ts';

const newFolder = useTempFolders();

/** Its answer stays open; what it tells is tested with it. */
const STREAMS = ['sync.poke'];
/** Numbers of the rows that each organisation has, apart from those of the other one. */
const FIRST_NUMBER = { a: 100, b: 200 } as const;
type Code = keyof typeof FIRST_NUMBER;

interface Organisation {
  code: Code;
  canary: string;
  serverId: string;
  deviceId: string;
  session: SignedIn;
  /** Ids of its rows, by what they are. */
  ids: Readonly<Record<'siteId' | 'productId' | 'placeId' | 'deliveryId' | 'lineId', string>>;
}

async function makeOrganisation(dataDir: string, code: Code): Promise<Organisation> {
  const location = organisationLocation({ dataDir }, organisationField.parse(code));
  makeOrganisationFolder(location);
  const canary = `canary-of-${code}`;
  const store = await openStore({ ...location, name: `${canary}-name` });
  try {
    const ids = await fill(store, FIRST_NUMBER[code], canary);
    const trial = createAuthTrial(store, { now: Date.now() });
    const deviceId = idOf(FIRST_NUMBER[code] + 50);
    await trial.add(`${canary} Ada`, 'administrator');
    const device = { ...laptop(deviceId), name: `${canary} laptop` };
    const session = await trial.signIn(`${canary} Ada`, { device });
    return { code, canary, serverId: store.serverId, deviceId, session, ids };
  } finally {
    await store.close();
  }
}

async function fill(
  store: ServerStore,
  number: number,
  canary: string,
): Promise<Organisation['ids']> {
  const [siteId, productId, placeId] = [idOf(number), idOf(number + 1), idOf(number + 2)];
  const [deliveryId, lineId] = [idOf(number + 3), idOf(number + 4)];
  const at = { site_id: siteId, product_id: productId };
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(number, { name: canary, code: canary.slice(-8) })]);
    await tx.insert('product', [productRow(number + 1, { name: canary, sku: canary })]);
  });
  await commitChanges(store, async (tx) => {
    await tx.insert('location', [
      locationRow(number + 2, { site_id: siteId, code: canary, note: canary }),
    ]);
    await tx.insert('stock_level', [
      levelRow(number, { ...at, location_id: placeId, lot: canary }),
    ]);
    const movement = { ...at, to_location_id: placeId, reason: canary };
    await tx.insert('stock_movement', [movementRow(number, movement)]);
    await tx.insert('delivery', [
      deliveryRow(number + 3, { site_id: siteId, code: canary, supplier: canary }),
    ]);
    await tx.insert('delivery_line', [lineRow(number + 4, { ...at, delivery_id: deliveryId })]);
    const photo = { id: idOf(number + 5), site_id: siteId, subject: 'delivery', caption: canary };
    const bytes = { bytes: 10, mime: 'image/png', width: 1, height: 1, taken_at: 1 };
    const named = { ...photo, ...bytes, subject_id: deliveryId, hash: hashOf(canary) };
    await tx.insert('site_photo', [sitePhoto.schema.parse(named)]);
  });
  return { siteId, productId, placeId, deliveryId, lineId };
}

function hashOf(canary: string): string {
  return canary.endsWith('b') ? CANARY_HASH : 'a'.repeat(64);
}

test('nothing of one organisation is in any answer, error or log line of the other', async () => {
  const dataDir = newFolder();
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line: string) => void lines.push(line) });
  const [a, b] = [await makeOrganisation(dataDir, 'a'), await makeOrganisation(dataDir, 'b')];
  const server = await startServer({ dataDir, port: 0, snapshots: false, logger });
  onTestFinished(() => server.close());

  const send = (to: Organisation, path: string, options: { token?: string; input?: unknown }) =>
    ask(`${server.url}/o/${to.code}/trpc/${path}`, {
      ...posted(
        JSON.stringify(options.input ?? {}),
        options.token === undefined ? {} : { authorization: `Bearer ${options.token}` },
      ),
    });
  const answers: { of: string; answer: EdgeAnswer }[] = [];
  /** Procedures that looked at more than the shape of what they were given. */
  const tried = new Set<string>();
  const note = (of: string, answer: EdgeAnswer): void => {
    answers.push({ of, answer });
  };

  for (const path of procedurePaths().filter((one) => !STREAMS.includes(one))) {
    for (const [own, foreign] of [
      [a, b],
      [b, a],
    ] as const) {
      for (const id of Object.values(foreign.ids)) {
        const ids = {
          id,
          ...foreign.ids,
          deviceId: own.deviceId,
          serverId: own.serverId,
          refreshToken: foreign.session.refreshToken,
          hash: hashOf(foreign.canary),
        };
        const input = foreignInput(path, ids);
        const token = own.session.accessToken;
        const answer = await send(own, path, { token, input });
        note(`${own.code} ${path}`, answer);
        if (!answer.text.includes('That input is not valid.')) tried.add(path);
        const foreignToken = foreign.session.accessToken;
        const stranger = await send(own, path, { token: foreignToken, input });
        expect([path, stranger.status, stranger.code]).toEqual([path, 401, 'UNAUTHORIZED']);
        note(`${own.code} ${path}`, stranger);
        note(`${own.code} ${path}`, await send(own, path, { input }));
      }
    }
  }
  for (const [own, foreign] of [
    [a, b],
    [b, a],
  ] as const) {
    const authorization = `Bearer ${own.session.accessToken}`;
    for (const file of ['photos', 'snapshots']) {
      const url = `${server.url}/o/${own.code}/${file}/${hashOf(foreign.canary)}`;
      const answer = await ask(url, { headers: { authorization } });
      note(`${own.code} ${file}`, answer);
      expect(answer.status).toBe(404);
      expect((await ask(url)).status).toBe(401);
    }
  }

  const untried = procedurePaths().filter((path) => !tried.has(path));
  expect(untried).toEqual(STREAMS);
  for (const { of, answer } of answers) {
    const foreign = of.startsWith('a ') ? b : a;
    expect([of, answer.text.includes(foreign.canary)]).toEqual([of, false]);
    expect(JSON.stringify(answer.headers)).not.toContain(foreign.canary);
  }
  expect(lines.length).toBeGreaterThan(answers.length / 2);
  for (const secret of [a, b].flatMap(({ canary, session }) => [canary, session.refreshToken])) {
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  }
  // The canaries are there to be found by whoever may.
  const own = await send(a, 'catalogue.products.byId', {
    token: a.session.accessToken,
    input: { id: a.ids.productId },
  });
  expect(own.text).toContain(a.canary);
});
