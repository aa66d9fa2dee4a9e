import type {
  DeviceHealth,
  DeviceIntroduction,
  SignedInPerson,
} from '../../shared/sync/auth-protocol.ts';
import { TallymanError } from '../../shared/errors.ts';
import { writePlainly } from '../store/write-plainly.ts';
import type { PersonActor } from './actor.ts';
import { audit } from './audit.ts';
import { sessionEnded, signInFailed } from './auth-refusals.ts';
import { checkPassword } from './check-password.ts';
import { noteSeen } from './device-records.ts';
import { endSessions } from './end-sessions.ts';
import { assertGoodPassword } from './password-rules.ts';
import { readSignedIn } from './person-access.ts';
import { isSameHash, readRefreshToken } from './refresh-token.ts';
import type { TenantAuth } from './tenant-auth.ts';

/** What people do with their own account once they have signed in. */

export async function whoAmI({ store }: TenantAuth, actor: PersonActor): Promise<SignedInPerson> {
  return readSignedIn(store.reader, actor.personId, actor);
}

/** By its refresh token. Says nothing about tokens that are none. */
export async function signOut(auth: TenantAuth, refreshToken: string): Promise<void> {
  const given = readRefreshToken(refreshToken);
  if (given === null) return;
  const { sessionId } = given;
  const session = await auth.store.reader
    .selectFrom('session')
    .select(['person_id', 'device_id', 'token_hash', 'previous_hash'])
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  if (session === undefined) return;
  const hashes = [session.token_hash, session.previous_hash];
  if (!hashes.some((hash) => isSameHash(given.hash, hash))) return;
  const [at, reason] = [auth.now(), 'signed out'] as const;
  const who = { personId: session.person_id, deviceId: session.device_id };
  await writePlainly(auth.store, async (db) => {
    await endSessions(db, { at, reason, sessionId });
    await audit(auth.store, db, [{ at, action: 'session.end', ...who, outcome: reason }]);
  });
  auth.actors.forget();
}

export interface PasswordChange {
  password: string;
  newPassword: string;
  address: string;
}

/** All other sessions of the person end; this one goes on. */
export async function changePassword(
  auth: TenantAuth,
  { personId, deviceId, sessionId }: PersonActor,
  { password, newPassword, address }: PasswordChange,
): Promise<void> {
  const own = await auth.store.reader
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .select(['login', 'name'])
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (own === undefined) throw sessionEnded();
  const account = await checkPassword(auth, { login: own.login, password, deviceId, address });
  assertGoodPassword(newPassword, [own.name, own.login]);
  const hash = await auth.passwords.hash(newPassword);
  const at = auth.now();
  await writePlainly(auth.store, async (db) => {
    const changed = await db
      .updateTable('account')
      .set({ password_hash: hash, password_changed_at: at })
      .where('person_id', '=', personId)
      .where('password_hash', '=', account.password_hash)
      .where('disabled_at', 'is', null)
      .returning('person_id')
      .executeTakeFirst();
    if (changed === undefined) throw signInFailed();
    await endSessions(db, { at, reason: 'password', personId, except: sessionId });
    const entry = { at, action: 'person.password', personId, deviceId, subject: personId };
    await audit(auth.store, db, [{ ...entry, outcome: 'done' }]);
  });
  auth.actors.forget();
}

/** How a laptop's sync is doing, as the laptop itself says. */
export async function noteHealth(
  { store, now }: TenantAuth,
  { personId, deviceId }: PersonActor,
  { device, health }: { device: DeviceIntroduction; health: DeviceHealth },
): Promise<void> {
  if (device.id !== deviceId) {
    throw new TallymanError('BAD_INPUT', 'A laptop reports about itself alone.');
  }
  const at = now();
  await writePlainly(store, async (db) => {
    await noteSeen(db, device, { personId, at });
    await db
      .updateTable('device')
      .set({ health: JSON.stringify(health), health_at: at })
      .where('device_id', '=', deviceId)
      .execute();
  });
}
