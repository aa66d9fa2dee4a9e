import { expect, onTestFinished, test } from 'vitest';
import { ask, type EdgeAnswer, posted } from '../../tests/support/edge-client.ts';
import { foreignInput } from '../../tests/support/foreign-inputs.ts';
import {
  makeOrganisation,
  type Organisation,
  photoHashOf,
} from '../../tests/support/organisation-trial.ts';
import { procedurePaths } from '../../tests/support/rights-world.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { testLocation } from '../../tests/support/test-store.ts';
import { createLogger } from '../create-logger.ts';
import { startServer } from '../start-server.ts';

const newFolder = useTempFolders();

/** Its answer stays open; what it tells is listened to in two-organisations-pokes.test.ts. */
const STREAMS = ['sync.poke', 'sync.follow'];

test('nothing of one organisation is in any answer, error or log line of the other', async () => {
  const base = await testLocation(newFolder());
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line: string) => void lines.push(line) });
  const [a, b] = [await makeOrganisation(base, 'a'), await makeOrganisation(base, 'b')];
  const server = await startServer({ ...base, port: 0, snapshots: false, logger });
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
      const inputs = Object.values(foreign.ids).map((id) =>
        foreignInput(path, {
          id,
          ...foreign.ids,
          deviceId: own.deviceId,
          serverId: own.serverId,
          refreshToken: foreign.session.refreshToken,
          hash: photoHashOf(foreign.canary),
        }),
      );
      for (const input of inputs) {
        const answer = await send(own, path, { token: own.session.accessToken, input });
        note(`${own.code} ${path}`, answer);
        if (!answer.text.includes('That input is not valid.')) tried.add(path);
      }
      // Whoever is refused by their token is refused before anybody looks at what they gave.
      const [input] = inputs;
      const stranger = await send(own, path, { token: foreign.session.accessToken, input });
      expect([path, stranger.status, stranger.code]).toEqual([path, 401, 'UNAUTHORIZED']);
      note(`${own.code} ${path}`, stranger);
      note(`${own.code} ${path}`, await send(own, path, { input }));
    }
  }
  for (const [own, foreign] of [
    [a, b],
    [b, a],
  ] as const) {
    const authorization = `Bearer ${own.session.accessToken}`;
    for (const file of ['photos', 'snapshots']) {
      const url = `${server.url}/o/${own.code}/${file}/${photoHashOf(foreign.canary)}`;
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
}, 120_000);
