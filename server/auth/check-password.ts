import type { Kysely } from 'kysely';
import type { ServerDatabase } from '../store/server-database.ts';
import { writePlainly } from '../store/write-plainly.ts';
import { audit } from './audit.ts';
import { signInFailed, tooManyAttempts } from './auth-refusals.ts';
import { FREE_FAILURES, waitAfter } from './failure-book.ts';
import type { TenantAuth } from './tenant-auth.ts';

/** Attempts on one account at the very same moment, each of which has to be counted. */
const CLAIM_TRIES_MAX = 5;
/** Wrong passwords longer ago say nothing any more. */
const FORGET_MS = 60 * 60 * 1_000;

interface Account {
  person_id: string;
  password_hash: string;
  disabled_at: number | null;
}

export interface PasswordAttempt {
  /** Folded. */
  login: string;
  password: string;
  deviceId: string;
  address: string;
  requestId?: string | undefined;
}

/**
 * The account whose password it is. Throws SIGN_IN_FAILED, alike for an unknown name, a wrong password and a disabled
 * account, and TOO_MANY_REQUESTS.
 *
 * Every attempt counts as a failure until it has proved right, so that many at once cannot outrun the count. On laptops
 * where the person has signed in before, their attempts are counted apart: a stranger who fails on purpose cannot keep
 * them out.
 */
export async function checkPassword(auth: TenantAuth, attempt: PasswordAttempt): Promise<Account> {
  const { store, failures, passwords } = auth;
  const account = await store.reader
    .selectFrom('account')
    .select(['person_id', 'password_hash', 'disabled_at'])
    .where('login', '=', attempt.login)
    .executeTakeFirst();
  const personId = account?.person_id;
  const isAtHome =
    personId !== undefined && (await hasSignedIn(store.reader, personId, attempt.deviceId));
  const deviceKey = `${personId} ${attempt.deviceId}`;
  if (isAtHome) {
    refuseWhile(failures.byDevice.refusedFor(deviceKey));
    failures.byDevice.count(deviceKey);
  } else {
    refuseWhile(failures.byAddress.refusedFor(attempt.address));
    failures.byAddress.count(attempt.address);
    if (personId !== undefined) await countForAccount(auth, personId);
    else {
      refuseWhile(failures.byLogin.refusedFor(attempt.login));
      failures.byLogin.count(attempt.login);
    }
  }
  const check = await (account === undefined
    ? passwords.checkNobody(attempt.password)
    : passwords.check(attempt.password, account.password_hash));
  if (account === undefined || !check.right || account.disabled_at !== null) {
    await noteFailure(auth, attempt, personId);
    throw signInFailed();
  }
  if (isAtHome) failures.byDevice.clear(deviceKey);
  else failures.byAddress.takeBack(attempt.address);
  if (!check.stale) return account;
  return { ...account, password_hash: await renewHash(auth, account, attempt.password) };
}

function refuseWhile(ms: number): void {
  if (ms > 0) throw tooManyAttempts(ms);
}

/** A laptop's id is known to nobody but itself and administrators. */
async function hasSignedIn(
  db: Kysely<ServerDatabase>,
  personId: string,
  deviceId: string,
): Promise<boolean> {
  const found = await db
    .selectFrom('device_person')
    .innerJoin('device', 'device.device_id', 'device_person.device_id')
    .select('person_id')
    .where('device_person.device_id', '=', deviceId)
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

/** In the account's row, so that all processes count together. A sign-in that succeeds sets it back. */
async function countForAccount({ store, now }: TenantAuth, personId: string): Promise<void> {
  for (let tries = 0; tries < CLAIM_TRIES_MAX; tries++) {
    const { failures, refused_until } = await store.reader
      .selectFrom('account')
      .select(['failures', 'refused_until'])
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    const at = now();
    refuseWhile((refused_until ?? 0) - at);
    const isLongAgo = refused_until !== null && refused_until + FORGET_MS <= at;
    const count = isLongAgo ? 1 : failures + 1;
    const counted = await writePlainly(store, (db) =>
      db
        .updateTable('account')
        .set({ failures: count, refused_until: at + waitAfter(count, FREE_FAILURES) })
        .where('person_id', '=', personId)
        .where('failures', '=', failures)
        .where('refused_until', refused_until === null ? 'is' : '=', refused_until)
        .returning('person_id')
        .executeTakeFirst(),
    );
    if (counted !== undefined) return;
  }
  throw tooManyAttempts(waitAfter(FREE_FAILURES + 1));
}

/** Of accounts that there are; names that somebody makes up would fill the audit. */
async function noteFailure(
  { store, now }: TenantAuth,
  { deviceId, requestId }: PasswordAttempt,
  personId: string | undefined,
): Promise<void> {
  if (personId === undefined) return;
  const entry = { at: now(), action: 'session.begin', personId, deviceId, requestId };
  await writePlainly(store, (db) => audit(store, db, [{ ...entry, outcome: 'SIGN_IN_FAILED' }]));
}

async function renewHash(
  { store, passwords }: TenantAuth,
  { person_id, password_hash }: Account,
  password: string,
): Promise<string> {
  const renewed = await passwords.hash(password);
  await writePlainly(store, (db) =>
    db
      .updateTable('account')
      .set({ password_hash: renewed })
      .where('person_id', '=', person_id)
      .where('password_hash', '=', password_hash)
      .execute(),
  );
  return renewed;
}
