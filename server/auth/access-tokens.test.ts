import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { exportJWK, exportSPKI, importJWK, type JWTPayload, SignJWT } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AuthTrial, createAuthTrial } from '../../tests/support/auth-trial.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import type { SignedIn } from '../../shared/sync/auth-protocol.ts';
import type { ServerStore } from '../store/open-store.ts';
import { ACCESS_TOKEN_LIFE_MS } from './access-tokens.ts';
import { RETIRED_KEY_KEPT_MS, SIGNING_KEY_LIFE_MS, SigningKeys } from './signing-keys.ts';

const newFolder = useTempFolders();
let store: ServerStore;
let trial: AuthTrial;
let bob: SignedIn;

beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder() });
  trial = createAuthTrial(store);
  await trial.add('Bob');
  bob = await trial.signIn('Bob');
});
afterEach(() => store.close());

interface Forged {
  header?: Record<string, unknown>;
  payload?: JWTPayload;
}

/** The token that Bob was given, signed by the organisation's own key, with something else in it. */
async function forge({ header = {}, payload = {} }: Forged): Promise<string> {
  const [head, body] = partsOf(bob.accessToken).slice(0, 2).map(decode);
  const keys = new SigningKeys({ store, now: () => trial.clock.now });
  const { privateKey } = await keys.current();
  return new SignJWT({ ...body, ...payload })
    .setProtectedHeader({ alg: 'EdDSA', ...head, ...header })
    .sign(privateKey, { crit: { urgent: true } });
}

function partsOf(token: string): string[] {
  return token.split('.');
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

test('what the forger of these tests makes is good as long as nothing is changed', async () => {
  const good = await forge({});
  expect(await trial.auth.actors.withToken(good)).toMatchObject({ personId: bob.person.id });
  const claims = decode(partsOf(good)[1] ?? '');
  expect(claims).toMatchObject({ iss: store.serverId, aud: 'tallyman', sub: bob.person.id });
  expect(decode(partsOf(good)[0] ?? '')).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
});

const seconds = (): number => Math.floor(trial.clock.now / 1_000);

const BAD: Record<string, () => Promise<string> | string> = {
  'nothing at all': () => '',
  'a word': () => 'token',
  'two dots': () => '..',
  'a huge one': () => `${bob.accessToken}${'A'.repeat(100_000)}`,
  'a refresh token': () => bob.refreshToken,
  'no algorithm': () => {
    const [, body] = partsOf(bob.accessToken);
    return `${encode({ alg: 'none', typ: 'at+jwt' })}.${body}.`;
  },
  'an algorithm with the public key as its secret': async () => {
    const [head, body] = partsOf(bob.accessToken).map((part, at) => (at < 2 ? decode(part) : {}));
    const kid = String(head?.['kid']);
    const key = await new SigningKeys({ store, now: () => trial.clock.now }).publicKey(kid);
    if (key === null) throw new Error('no key');
    return new SignJWT(body)
      .setProtectedHeader({ ...head, alg: 'HS256' })
      .sign(new TextEncoder().encode(await exportSPKI(key)));
  },
  'another algorithm in the header': () => {
    const [head, body, signature] = partsOf(bob.accessToken);
    return [encode({ ...decode(head ?? ''), alg: 'ES256' }), body, signature].join('.');
  },
  'a key of its own in the header': async () => {
    const { privateKey, jwk } = await strangersKey();
    const [head, body] = partsOf(bob.accessToken).slice(0, 2).map(decode);
    return new SignJWT(body).setProtectedHeader({ alg: 'EdDSA', ...head, jwk }).sign(privateKey);
  },
  'a foreign key id': () => forge({ header: { kid: randomUUID() } }),
  'no key id': () => forge({ header: { kid: undefined } }),
  'a key id that is no text': () => forge({ header: { kid: 7 } }),
  'another type': () => forge({ header: { typ: 'JWT' } }),
  'no type': () => forge({ header: { typ: undefined } }),
  'an extension that must be understood': () => forge({ header: { crit: ['urgent'], urgent: 1 } }),
  'another audience': () => forge({ payload: { aud: 'somebody' } }),
  'no audience': () => forge({ payload: { aud: undefined } as unknown as JWTPayload }),
  'another issuer': () => forge({ payload: { iss: randomUUID() } }),
  'one that is over': () =>
    forge({ payload: { iat: seconds() - 700, nbf: seconds() - 700, exp: seconds() - 6 } }),
  'one that is not good yet': () => forge({ payload: { nbf: seconds() + 60 } }),
  'one of tomorrow': () => forge({ payload: { iat: seconds() + 86_400, exp: seconds() + 87_000 } }),
  'one that never ends': () => forge({ payload: { exp: undefined } as unknown as JWTPayload }),
  'one that lives too long': () =>
    forge({ payload: { iat: seconds() - 3_600, exp: seconds() + 9_999 } }),
  'no session': () => forge({ payload: { sid: undefined } }),
  'a session that is no id': () => forge({ payload: { sid: "' or 1=1 --" } }),
  'no person': () => forge({ payload: { sub: undefined } as unknown as JWTPayload }),
  'a tampered body': () => {
    const [head, body, signature] = partsOf(bob.accessToken);
    return [head, encode({ ...decode(body ?? ''), sub: randomUUID() }), signature].join('.');
  },
  'a tampered signature': () => {
    const [head, body, signature = ''] = partsOf(bob.accessToken);
    const other = signature.startsWith('A') ? 'B' : 'A';
    return [head, body, `${other}${signature.slice(1)}`].join('.');
  },
};

async function strangersKey(): Promise<{ privateKey: KeyObject; jwk: object }> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, jwk: await exportJWK(publicKey) };
}

test.each(Object.keys(BAD))('%s is no token', async (name) => {
  const token = await BAD[name]?.();
  await expect(trial.auth.actors.withToken(token ?? '')).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
    message: 'Sign in first.',
  });
});

test.each([
  ['another person', (): JWTPayload => ({ sub: randomUUID() })],
  ['another laptop', (): JWTPayload => ({ did: randomUUID() })],
  ['a session that there is not', (): JWTPayload => ({ sid: randomUUID() })],
])('a well signed token of %s is worth nothing', async (_name, payload) => {
  const token = await forge({ payload: payload() });
  await expect(trial.auth.actors.withToken(token)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
});

test('the token of another organisation is worth nothing, even with a key of the same id', async () => {
  const others = await openTestStore({ dataDir: newFolder() });
  try {
    const other = createAuthTrial(others, trial.clock);
    await other.add('Bob');
    const foreign = await other.signIn('Bob');
    const refused = { code: 'UNAUTHORIZED' };
    await expect(trial.auth.actors.withToken(foreign.accessToken)).rejects.toMatchObject(refused);
    const kid = decode(partsOf(bob.accessToken)[0] ?? '')['kid'] as string;
    await others.writer.updateTable('signing_key').set({ kid }).execute();
    const again = createAuthTrial(others, trial.clock);
    const { accessToken } = await again.signIn('Bob');
    expect(decode(partsOf(accessToken)[0] ?? '')['kid']).toBe(kid);
    await expect(trial.auth.actors.withToken(accessToken)).rejects.toMatchObject(refused);
  } finally {
    await others.close();
  }
});

test('a token is good for its ten minutes, and a little longer for clocks that differ', async () => {
  trial.clock.now += ACCESS_TOKEN_LIFE_MS + 4_000;
  await expect(trial.other.actors.withToken(bob.accessToken)).resolves.toBeDefined();
  trial.clock.now += 3_000;
  await expect(trial.other.actors.withToken(bob.accessToken)).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
});

test('processes that need the first key at once agree on one', async () => {
  await store.writer.deleteFrom('signing_key').execute();
  const several = Array.from({ length: 6 }, () => new SigningKeys({ store, now: () => 1 }));
  const kids = await Promise.all(several.map(async (keys) => (await keys.current()).kid));
  expect(new Set(kids).size).toBe(1);
  expect(await store.reader.selectFrom('signing_key').select('kid').execute()).toHaveLength(1);
});

test('keys are replaced by age, and verify what they signed as long as that is good', async () => {
  const kidOf = async (auth = trial.auth): Promise<unknown> => {
    const { accessToken } = await trial.signIn('Bob', { auth });
    return decode(partsOf(accessToken)[0] ?? '')['kid'];
  };
  trial.clock.now += SIGNING_KEY_LIFE_MS - 60_000;
  const { accessToken } = await trial.signIn('Bob');
  const [before, otherBefore] = [await kidOf(), await kidOf(trial.other)];
  trial.clock.now += 60_000;
  const after = await kidOf();
  expect(otherBefore).toBe(before);
  expect(after).not.toBe(before);
  // The other process notices by the age alone.
  expect(await kidOf(trial.other)).toBe(after);
  await expect(trial.auth.actors.withToken(accessToken)).resolves.toBeDefined();
  trial.clock.now += RETIRED_KEY_KEPT_MS;
  // What a stolen old key would sign now.
  const old = await store.reader
    .selectFrom('signing_key')
    .selectAll()
    .where('kid', '=', String(before))
    .executeTakeFirstOrThrow();
  const key = await importJWK(JSON.parse(old.private_jwk) as object, 'EdDSA');
  const fresh = { iat: seconds(), nbf: seconds(), exp: seconds() + 600 };
  const stolen = await new SignJWT({ ...decode(partsOf(accessToken)[1] ?? ''), ...fresh })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: String(before) })
    .sign(key);
  for (const auth of [trial.auth, trial.other, createAuthTrial(store, trial.clock).auth]) {
    await expect(auth.actors.withToken(stolen)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  }
});
