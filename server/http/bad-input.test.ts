import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuthTrial, createAuthTrial, laptop } from '../../tests/support/auth-trial.ts';
import { ask, type EdgeAnswer, posted } from '../../tests/support/edge-client.ts';
import { creation, SendingLaptop } from '../../tests/support/sending-laptop.ts';
import { locationRow, movementRow, productRow, siteRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import type { PushOutput } from '../../shared/sync/protocol.ts';
import { serverRouter } from '../router.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { commitChanges } from '../sync/scope-commit.ts';

const newFolder = useTempFolders();
let server: RunningServer;
let trial: AuthTrial;
/** An administrator's, so that no right but the input alone is what a call is refused for. */
let asAda: Record<string, string>;

async function signIn(deviceId: string): Promise<Record<string, string>> {
  const { accessToken } = await trial.signIn('Ada', { device: laptop(deviceId) });
  return { authorization: `Bearer ${accessToken}` };
}

function send(path: string, body: string, headers = asAda): Promise<EdgeAnswer> {
  return ask(`${server.url}/trpc/${path}`, posted(body, headers));
}
beforeAll(async () => {
  server = await startServer({ dataDir: newFolder(), port: 0, snapshots: false });
  await commitChanges(server.store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('product', [productRow(0)]);
    await tx.insert('location', [locationRow(0)]);
  });
  trial = createAuthTrial(server.store, { now: Date.now() });
  await trial.add('Ada', 'administrator');
  asAda = await signIn(randomUUID());
});
afterAll(() => server.close());

/** tRPC shows the definition of a procedure under this name only. */
const DEFINITION = '_def';
const procedures = Object.entries(
  serverRouter[DEFINITION].procedures as unknown as Record<
    string,
    Record<typeof DEFINITION, { type: string }>
  >,
).map(([path, procedure]) => ({ path, type: procedure[DEFINITION].type }));

const DEEP = 100_000;
/** Bodies that no procedure takes, whatever it is for. */
const BODIES: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['no JSON', '{"protocol":'],
  ['a number that JSON does not have', '{"protocol":NaN}'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a text', '"protocol"'],
  ['an unknown key', '{"surprise":1}'],
  ['a prototype', '{"__proto__":{"surprise":true}}'],
  ['a constructor', '{"constructor":{"prototype":{"surprise":true}}}'],
  ['a method', '{"toString":"x","valueOf":1,"hasOwnProperty":2}'],
  ['numbers beyond all', '{"protocol":1e400,"limit":-1e308,"maxRows":9007199254740993}'],
  ['half a character', '{"login":"\\ud800","text":"\\udfff","id":"\\u0000"}'],
];

/** The same, at some length. */
const LONG_BODIES: typeof BODIES = [
  ['lists in lists', '['.repeat(DEEP) + ']'.repeat(DEEP)],
  ['objects in objects', '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP)],
  ['a key as long as it may come', `{"${'k'.repeat(1_000_000)}":1}`],
];

/** Nothing but our own words, and of those only the ones that blame the request. */
function expectRefused({ status, text, code }: EdgeAnswer, what: string): void {
  expect([what, status >= 400 && status < 500, code]).toEqual([
    what,
    true,
    expect.stringMatching(/^(BAD_INPUT|NOT_FOUND|TOO_LARGE|UNAUTHORIZED)$/),
  ]);
  expect(text).not.toMatch(/stack|\.ts\b|node_modules|zod|sqlite|select |insert |surprise/i);
}

/** A refusal that came as the one event of a stream. */
function inEvents(answer: EdgeAnswer): EdgeAnswer {
  const error = /event: serialized-error\ndata: (.*)\n/.exec(answer.text)?.[1];
  if (error === undefined) return answer;
  const { data } = JSON.parse(error) as { data: { wire: { code: string }; httpStatus: number } };
  return { ...answer, status: data.httpStatus, code: data.wire.code };
}

test.each(procedures)('$path refuses what it does not take', async ({ path, type }) => {
  const bodies = path.startsWith('sync.') ? [...BODIES, ...LONG_BODIES] : BODIES;
  for (const [what, body] of bodies) {
    const answer = await send(path, body);
    expectRefused(type === 'subscription' ? inEvents(answer) : answer, what);
    expect(({} as { surprise?: unknown }).surprise).toBeUndefined();
  }
});

test.each(procedures)('$path is called by its own method alone', async ({ path, type }) => {
  const url = `${server.url}/trpc/${path}`;
  const got = await ask(`${url}?input=%7B%22surprise%22%3A1%7D`, { headers: asAda });
  // What comes as a stream of events tells its refusal there.
  if (type !== 'subscription') expect(got.status).toBe(type === 'query' ? 400 : 405);
  for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']) {
    const answer = await ask(url, { method });
    expect([method, answer.status]).toEqual([method, 405]);
  }
});

test('names that every object has are no procedures', async () => {
  for (const name of [
    '__proto__',
    'constructor',
    'toString',
    'sync.__proto__',
    'sync.constructor',
    'sync.hello.constructor',
    'prototype',
    '_def',
    'createCaller',
    '%00',
    '..%2f..%2fetc%2fpasswd',
  ]) {
    expectRefused(await send(name, '{}'), name);
  }
});

test('a path of ten thousand commas is one refusal, and so is a batch that is too large', async () => {
  for (const path of [
    `${','.repeat(10_000)}?batch=1`,
    `${'%2c'.repeat(600)}?batch=1`,
    `${','.repeat(1_000)}?batch=1&input=%7B%7D`,
  ]) {
    const answer = await ask(`${server.url}/trpc/${path}`, { headers: asAda });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).not.toBeInstanceOf(Array);
  }
});

test('other kinds of content are not read', async () => {
  const body = 'protocol=1';
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/xml',
  ]) {
    const answer = await ask(`${server.url}/trpc/sync.hello`, {
      method: 'POST',
      headers: { 'content-type': type, ...asAda },
      body,
    });
    expectRefused(answer, type);
  }
});

describe('an operation with something in it that does not belong there', () => {
  let laptops = 0;
  /** What the server makes of a good operation after `spoil` has been at its text. */
  async function pushed(spoil: (text: string) => string): Promise<EdgeAnswer> {
    const device = new SendingLaptop(server.store, 5_000 + laptops++);
    const row = movementRow(1_000 + laptops, { reason: 'MARK', quantity: 4_711 });
    const operation = device.operation(creation('stock_movement', row));
    const input = {
      protocol: 3,
      deviceId: device.deviceId,
      serverId: null,
      operations: [operation],
    };
    const text = spoil(JSON.stringify(input));
    return send('sync.push', text, await signIn(device.deviceId));
  }
  const outcomeOf = ({ text }: EdgeAnswer): unknown =>
    (JSON.parse(text) as { result: { data: PushOutput } }).result.data.results[0]?.outcome;

  test('is taken if nothing is wrong', async () => {
    expect(outcomeOf(await pushed((text) => text))).toMatchObject({ kind: 'applied' });
  });

  test('is refused for good', async () => {
    const replace = (by: string) => (text: string) => text.replace('"MARK"', by);
    for (const spoil of [
      replace('"a\\u0000b"'),
      replace('"a\\ud800b"'),
      replace('"x","constructor":"y"'),
      replace('"x","prototype":1'),
      replace(`"${'n'.repeat(4_001)}"`),
      (text: string) => text.replace('4711', '-1'),
    ]) {
      const answer = await pushed(spoil);
      expect([spoil('"MARK"').slice(0, 40), answer.status]).toEqual([expect.anything(), 200]);
      expect(outcomeOf(answer)).toMatchObject({ kind: 'rejected', code: 'BAD_INPUT' });
    }
  });

  test('or the whole request is, where laptops never send such a thing', async () => {
    const keys = ['"surprise":1', '"constructor":{}', '"__proto__":{"surprise":true}'];
    for (const key of keys) {
      for (const place of ['{"protocol"', '{"operationId"', '{"kind"']) {
        const answer = await pushed((text) => text.replace(place, `{${key},${place.slice(1)}`));
        expectRefused(answer, `${key} before ${place}`);
      }
    }
    for (const value of ['1e400', '1.5', '9007199254740993', 'true', '{}', '[]']) {
      expectRefused(await pushed((text) => text.replace('4711', value)), value);
    }
  });
});

test('quantities have bounds', async () => {
  const movement = movementRow(1);
  for (const quantity of [-1e308, 1e308, 1.5, 0.1, 2 ** 53, -1_000_000_001, '1', null]) {
    const body = JSON.stringify({ ...movement, quantity });
    expectRefused(await send('stock.movements.record', body), `${quantity}`);
  }
});

test('after all that the server is healthy, and nothing else was changed', async () => {
  const { status } = await ask(`${server.url}/healthz`);
  expect(status).toBe(200);
  const { n } = await server.store.reader
    .selectFrom('stock_movement')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  // The one that was meant to be taken.
  expect(n).toBe(1);
});
