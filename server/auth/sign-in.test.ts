import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addSite,
  type AuthTrial,
  createAuthTrial,
  laptop,
  PASSWORD,
} from '../../tests/support/auth-trial.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import { LEASE_DAYS } from '../../shared/sync/auth-protocol.ts';
import type { ServerStore } from '../store/open-store.ts';
import { whoAmI } from './account-actions.ts';
import { disablePerson, enablePerson } from './people.ts';
import { FAILED_ANSWER_MS } from './sign-in.ts';

const newFolder = useTempFolders();
let store: ServerStore;
let trial: AuthTrial;

beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder() });
  trial = createAuthTrial(store);
});
afterEach(() => store.close());

test('who signs in gets tokens, their sites and a lease, and is known by the token', async () => {
  const north = await addSite(store, 'NORTH');
  await addSite(store, 'SOUTH');
  const id = await trial.add('Zoë Müller', 'counter', [north]);
  const device = laptop();
  const answer = await trial.signIn('  zoe   MULLER ', { device });
  const site = { id: north, code: 'NORTH', name: 'Site NORTH', role: 'counter' };
  expect(answer.person).toEqual({ id, name: 'Zoë Müller', role: 'counter', sites: [site] });
  expect(answer).toMatchObject({
    serverId: store.serverId,
    serverTime: trial.clock.now,
    leaseMs: LEASE_DAYS * 86_400_000,
  });
  const actor = await trial.auth.actors.withToken(answer.accessToken);
  expect(actor).toMatchObject({ kind: 'person', personId: id, deviceId: device.id });
  expect(actor.sites).toEqual(new Map([[north, 'counter']]));
  expect(await whoAmI(trial.auth, actor)).toEqual(answer.person);
  const known = await store.reader.selectFrom('device').selectAll().executeTakeFirstOrThrow();
  expect(known).toMatchObject({ device_id: device.id, enrolled_by: id, last_person_id: id });
});

test('administrators have all sites', async () => {
  await addSite(store, 'NORTH');
  await addSite(store, 'SOUTH');
  await trial.add('Ada', 'administrator');
  const { person, accessToken } = await trial.signIn('ada');
  expect(person.sites.map(({ code, role }) => [code, role])).toEqual([
    ['NORTH', 'administrator'],
    ['SOUTH', 'administrator'],
  ]);
  expect((await trial.auth.actors.withToken(accessToken)).sites).toBe('all');
});

test('a wrong password, an unknown name and a disabled account are answered alike', async () => {
  await trial.add('Ada', 'administrator');
  await trial.add('Bob');
  const gone = await trial.add('Cleo');
  await disablePerson(trial.auth, gone);
  const attempts: [string, string][] = [
    ['Bob', 'not the password'],
    ['Nobody', PASSWORD],
    ['Cleo', PASSWORD],
    ['Cleo', 'not the password'],
  ];
  for (const [login, password] of attempts) {
    const refused = await trial.signIn(login, { password }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'SIGN_IN_FAILED',
      message: 'The name or the password is wrong.',
      details: {},
    });
  }
  expect(trial.waits).toEqual(attempts.map(() => FAILED_ANSWER_MS));
});

test('who fails again and again waits ever longer, whether the name exists or not', async () => {
  await trial.add('Bob');
  const codes = async (login: string): Promise<unknown[]> => {
    const seen: unknown[] = [];
    for (let at = 0; at < 12; at++) {
      const address = `192.0.2.${at}`;
      const refused: unknown = await trial
        .signIn(login, { password: 'not the password', address })
        .catch((error: unknown) => error);
      const { code, details } = refused as { code: string; details: unknown };
      seen.push([code, details]);
      if (at % 2 === 1) trial.clock.now += 3_000;
    }
    return seen;
  };
  const known = await codes('Bob');
  expect(await codes('Nobody')).toEqual(known);
  expect(new Set(known.map((seen) => (seen as unknown[])[0]))).toEqual(
    new Set(['SIGN_IN_FAILED', 'TOO_MANY_REQUESTS']),
  );
});

test('nobody is ever locked out: the right password counts after at most a minute', async () => {
  await trial.add('Bob');
  for (let at = 0; at < 40; at++) {
    await trial.signIn('Bob', { password: 'wrong', address: `a${at}` }).catch(() => null);
    trial.clock.now += 60_000;
  }
  await trial.signIn('Bob', { password: 'wrong', address: 'x' }).catch(() => null);
  await expect(trial.signIn('Bob', { address: 'y' })).rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    details: { retryAfterMs: 60_000 },
  });
  trial.clock.now += 60_000;
  await expect(trial.signIn('Bob', { address: 'z' })).resolves.toBeDefined();
  // And the count begins anew.
  await expect(trial.signIn('Bob', { password: 'wrong' })).rejects.toMatchObject({
    code: 'SIGN_IN_FAILED',
  });
});

test('a stranger who fails on purpose keeps nobody out of a laptop that they use', async () => {
  await trial.add('Bob');
  const device = laptop();
  await trial.signIn('Bob', { device });
  for (let at = 0; at < 9; at++) await trial.signIn('Bob', { password: 'no' }).catch(() => null);
  await expect(trial.signIn('Bob')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  await expect(trial.signIn('Bob', { device })).resolves.toBeDefined();
});

test('many guesses at once, by two processes, are all counted', async () => {
  await trial.add('Bob');
  const guesses = Array.from({ length: 40 }, (_, at) =>
    trial
      .signIn('Bob', {
        password: 'wrong',
        address: `a${at}`,
        auth: at % 2 === 0 ? trial.auth : trial.other,
      })
      .catch((error: unknown) => (error as { code: string }).code),
  );
  const answers = await Promise.all(guesses);
  // Four are free, and the fifth begins the first wait.
  expect(answers.filter((code) => code === 'SIGN_IN_FAILED').length).toBeLessThanOrEqual(5);
});

test('an address with very many failures waits too, and others do not', async () => {
  await trial.add('Bob');
  for (let at = 0; at < 51; at++) {
    await trial.signIn(`Nobody ${at}`, { address: 'bad' }).catch(() => null);
  }
  await expect(trial.signIn('Bob', { address: 'bad' })).rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
  });
  await expect(trial.signIn('Bob', { address: 'good' })).resolves.toBeDefined();
});

test('a disabled account is out at once, on another process within seconds, and may come back', async () => {
  await trial.add('Ada', 'administrator');
  const id = await trial.add('Bob');
  const { accessToken } = await trial.signIn('Bob');
  await trial.auth.actors.withToken(accessToken);
  await trial.other.actors.withToken(accessToken);
  await disablePerson(trial.auth, id);
  const ended = { code: 'SESSION_ENDED' };
  await expect(trial.auth.actors.withToken(accessToken)).rejects.toMatchObject(ended);
  trial.clock.now += 5_000;
  await expect(trial.other.actors.withToken(accessToken)).rejects.toMatchObject(ended);
  await enablePerson(trial.auth, id);
  await expect(trial.auth.actors.withToken(accessToken)).rejects.toMatchObject(ended);
  await expect(trial.signIn('Bob')).resolves.toBeDefined();
});

test('without accounts this machine is let in, and nobody else; with one nobody without a token', async () => {
  const { actors } = trial.auth;
  expect(await actors.withoutToken(true)).toEqual({ kind: 'open' });
  expect(await actors.withoutToken(false)).toEqual({ kind: 'nobody' });
  const id = await trial.add('Bob');
  await disablePerson(trial.auth, id);
  expect(await actors.withoutToken(true)).toEqual({ kind: 'nobody' });
});

test('what cannot be looked up is denied', async () => {
  await trial.add('Bob');
  const { accessToken } = await trial.signIn('Bob');
  await trial.auth.actors.withToken(accessToken);
  const failing = createAuthTrial({
    ...store,
    reader: {
      selectFrom: () => {
        throw new Error('the database is away');
      },
    },
  } as unknown as ServerStore);
  await expect(failing.auth.actors.withoutToken(true)).rejects.toThrow('is away');
  await expect(failing.auth.actors.withToken(accessToken)).rejects.toThrow('is away');
  await expect(failing.signIn('Bob')).rejects.toThrow('is away');
});
