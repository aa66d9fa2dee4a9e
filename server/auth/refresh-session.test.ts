import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type AuthTrial,
  createAuthTrial,
  laptop,
  PASSWORD,
} from '../../tests/support/auth-trial.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import type { SignedIn } from '../../shared/sync/auth-protocol.ts';
import type { ServerStore } from '../store/open-store.ts';
import { changePassword, signOut } from './account-actions.ts';
import { revokeDevice } from './devices.ts';
import { disablePerson, setPassword, updatePerson } from './people.ts';
import { refreshSession } from './refresh-session.ts';
import { REFRESH_GRACE_MS, SESSION_IDLE_MS, SESSION_LIFE_MS } from './session-life.ts';

const newFolder = useTempFolders();
const device = laptop();
const ENDED = { code: 'SESSION_ENDED' };
let store: ServerStore;
let trial: AuthTrial;
let bobId: string;
let bob: SignedIn;

beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder() });
  trial = createAuthTrial(store);
  bobId = await trial.add('Bob');
  bob = await trial.signIn('Bob', { device });
});
afterEach(() => store.close());

function refresh(refreshToken: string, auth = trial.auth): Promise<SignedIn> {
  return refreshSession(auth, { refreshToken, device });
}

/** The laptop works with its newest tokens. */
async function use({ accessToken }: SignedIn): Promise<void> {
  await trial.auth.actors.withToken(accessToken);
}

async function endReasons(): Promise<(string | null)[]> {
  const sessions = await store.reader
    .selectFrom('session')
    .select('end_reason')
    .orderBy('session_id')
    .execute();
  return sessions.map(({ end_reason }) => end_reason);
}

test('a refresh gives new tokens, again and again', async () => {
  let latest = bob;
  for (let at = 0; at < 5; at++) {
    trial.clock.now += 600_000;
    const next = await refresh(latest.refreshToken);
    expect(next.refreshToken).not.toBe(latest.refreshToken);
    await use(next);
    latest = next;
  }
  expect(latest.person).toEqual(bob.person);
});

test('only hashes of tokens are kept', async () => {
  const next = await refresh(bob.refreshToken);
  const kept = JSON.stringify(await store.reader.selectFrom('session').selectAll().execute());
  for (const token of [bob, next].map(({ refreshToken }) => refreshToken.split('.')[1] ?? '')) {
    expect(token).toHaveLength(43);
    expect(kept).not.toContain(token);
  }
});

test('a lost answer does no harm: the token before is taken once more', async () => {
  await use(bob);
  await refresh(bob.refreshToken);
  trial.clock.now += 30_000;
  const heard = await refresh(bob.refreshToken, trial.other);
  await use(heard);
  await expect(refresh(heard.refreshToken)).resolves.toBeDefined();
});

test('an old access token, still good, does not make a lost answer look like a theft', async () => {
  await refresh(bob.refreshToken);
  await use(bob);
  await expect(refresh(bob.refreshToken)).resolves.toBeDefined();
});

test('once the new tokens are in use the one before ends the session, for thief and laptop', async () => {
  const next = await refresh(bob.refreshToken);
  await use(next);
  await expect(refresh(bob.refreshToken)).rejects.toMatchObject(ENDED);
  await expect(refresh(next.refreshToken)).rejects.toMatchObject(ENDED);
  await expect(use(next)).rejects.toMatchObject(ENDED);
  expect(await endReasons()).toEqual(['reuse']);
});

test('so does one that comes after the grace, or one from further back', async () => {
  await refresh(bob.refreshToken);
  trial.clock.now += REFRESH_GRACE_MS;
  await expect(refresh(bob.refreshToken)).rejects.toMatchObject(ENDED);
  const again = await trial.signIn('Bob', { device });
  const second = await refresh(again.refreshToken);
  await refresh(second.refreshToken);
  await expect(refresh(again.refreshToken)).rejects.toMatchObject(ENDED);
  expect(await endReasons()).toEqual(['reuse', 'reuse']);
});

test('two processes that refresh at once both answer, and one token goes on', async () => {
  const [one, two] = await Promise.all([
    refresh(bob.refreshToken),
    refresh(bob.refreshToken, trial.other),
  ]);
  await expect(use(one)).resolves.toBeUndefined();
  await expect(use(two)).resolves.toBeUndefined();
  const { token_hash, previous_hash } = await store.reader
    .selectFrom('session')
    .select(['token_hash', 'previous_hash'])
    .executeTakeFirstOrThrow();
  expect(token_hash).not.toBe(previous_hash);
  const outcomes = [];
  // The session's token is that of whoever came second; asking with the other one first would end it.
  for (const { accessToken, refreshToken } of [one, two]) {
    const name = JSON.parse(
      Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString(),
    ) as { jti: string };
    if (token_hash.startsWith(name.jti)) outcomes.push(await refresh(refreshToken));
  }
  expect(outcomes).toHaveLength(1);
});

test('whoever asks and has gone does not replace the token', async () => {
  const asked = { refreshToken: bob.refreshToken, device };
  await expect(refreshSession(trial.auth, asked, AbortSignal.abort())).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  await use(await refresh(bob.refreshToken));
  expect(await endReasons()).toEqual([null]);
});

test('on another laptop the token ends the session', async () => {
  const stolen = { refreshToken: bob.refreshToken, device: laptop() };
  await expect(refreshSession(trial.auth, stolen)).rejects.toMatchObject(ENDED);
  await expect(refresh(bob.refreshToken)).rejects.toMatchObject(ENDED);
});

test.each(['', 'x', 'a.b', '0'.repeat(500)])('%j is no token', async (token) => {
  await expect(refresh(token)).rejects.toMatchObject(ENDED);
  expect(await endReasons()).toEqual([null]);
});

test('a session that nobody uses for thirty days is over', async () => {
  trial.clock.now += SESSION_IDLE_MS - 1;
  const next = await refresh(bob.refreshToken);
  expect(next.refreshExpiresAt).toBe(trial.clock.now + SESSION_IDLE_MS);
  trial.clock.now += SESSION_IDLE_MS;
  await expect(refresh(next.refreshToken)).rejects.toMatchObject(ENDED);
  expect(await endReasons()).toEqual(['expired']);
});

test('after ninety days the password is asked for, whatever happened', async () => {
  let latest = bob;
  const endsAt = trial.clock.now + SESSION_LIFE_MS;
  while (trial.clock.now + SESSION_IDLE_MS / 2 < endsAt) {
    trial.clock.now += SESSION_IDLE_MS / 2;
    latest = await refresh(latest.refreshToken);
    expect(latest.refreshExpiresAt).toBeLessThanOrEqual(endsAt);
  }
  trial.clock.now = endsAt;
  await expect(refresh(latest.refreshToken)).rejects.toMatchObject(ENDED);
});

test('signing out ends the session at once, and says nothing to those who guess', async () => {
  await signOut(trial.auth, `${bob.refreshToken.slice(0, -1)}!`);
  await signOut(trial.auth, `${bob.refreshToken.split('.')[0]}.${'A'.repeat(43)}`);
  await expect(use(bob)).resolves.toBeUndefined();
  await signOut(trial.auth, bob.refreshToken);
  await expect(use(bob)).rejects.toMatchObject(ENDED);
  await expect(refresh(bob.refreshToken)).rejects.toMatchObject(ENDED);
});

test('signing in again on the same laptop replaces the session there, and no other', async () => {
  const elsewhere = await trial.signIn('Bob');
  const again = await trial.signIn('Bob', { device });
  await expect(refresh(bob.refreshToken)).rejects.toMatchObject(ENDED);
  await use(again);
  await use(elsewhere);
});

test('a revoked laptop is told so, once it shows its token, and can sign in no more', async () => {
  await revokeDevice(trial.auth, device.id);
  const revoked = { code: 'DEVICE_REVOKED' };
  await expect(use(bob)).rejects.toMatchObject(revoked);
  await expect(refresh(bob.refreshToken)).rejects.toMatchObject(revoked);
  await expect(trial.signIn('Bob', { device })).rejects.toMatchObject(revoked);
  await expect(trial.signIn('Bob', { device, password: 'wrong' })).rejects.toMatchObject({
    code: 'SIGN_IN_FAILED',
  });
  const guessed = `${bob.refreshToken.split('.')[0]}.${'A'.repeat(43)}`;
  await expect(refresh(guessed)).rejects.toMatchObject(ENDED);
  await expect(trial.signIn('Bob')).resolves.toBeDefined();
});

test('a refresh in the moment of the revocation does not bring the laptop back', async () => {
  const [refreshed] = await Promise.allSettled([
    refresh(bob.refreshToken, trial.other),
    revokeDevice(trial.auth, device.id),
  ]);
  trial.clock.now += 5_000;
  if (refreshed.status === 'fulfilled') {
    await expect(use(refreshed.value)).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
  } else expect(refreshed.reason).toMatchObject({ code: 'DEVICE_REVOKED' });
});

test('a new password ends all other sessions, and one that is set by others all', async () => {
  const elsewhere = await trial.signIn('Bob');
  const actor = await trial.auth.actors.withToken(bob.accessToken);
  const newPassword = 'another long sentence';
  const change = { address: 'here', newPassword };
  await expect(
    changePassword(trial.auth, actor, { ...change, password: 'wrong one' }),
  ).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
  await changePassword(trial.auth, actor, { ...change, password: PASSWORD });
  await expect(refresh(bob.refreshToken)).resolves.toBeDefined();
  await expect(use(elsewhere)).rejects.toMatchObject(ENDED);
  await expect(trial.signIn('Bob')).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
  const third = await trial.signIn('Bob', { password: newPassword });
  await setPassword(trial.auth, { id: bobId, password: PASSWORD });
  await expect(use(third)).rejects.toMatchObject(ENDED);
});

test('another role and other sites count within seconds, also on another process', async () => {
  await trial.other.actors.withToken(bob.accessToken);
  await updatePerson(trial.auth, { id: bobId, role: 'administrator', sites: [] });
  expect(await trial.auth.actors.withToken(bob.accessToken)).toMatchObject({ sites: 'all' });
  trial.clock.now += 5_000;
  expect(await trial.other.actors.withToken(bob.accessToken)).toMatchObject({ sites: 'all' });
});

test('a disabled person can refresh no more', async () => {
  await disablePerson(trial.auth, bobId);
  await expect(refresh(bob.refreshToken)).rejects.toMatchObject(ENDED);
  expect(await endReasons()).toEqual(['disabled']);
});
