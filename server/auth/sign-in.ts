import { TallymanError } from '../../shared/errors.ts';
import type { DeviceIntroduction, SignedIn, SignInInput } from '../../shared/sync/auth-protocol.ts';
import { writePlainly } from '../store/write-plainly.ts';
import { signInFailed } from './auth-refusals.ts';
import { audit } from './audit.ts';
import { checkPassword } from './check-password.ts';
import { enrolDevice } from './device-records.ts';
import { endSessions } from './end-sessions.ts';
import { foldLogin } from './fold-login.ts';
import { giveTokens } from './give-tokens.ts';
import { makeRefreshToken } from './refresh-token.ts';
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from './session-life.ts';
import type { TenantAuth } from './tenant-auth.ts';

/** A failed sign-in is answered no sooner, so that the few milliseconds by which failures differ do not show. */
export const FAILED_ANSWER_MS = 300;

export interface CallFrom {
  address: string;
  requestId?: string | undefined;
  signal?: AbortSignal | undefined;
}

export async function signIn(
  auth: TenantAuth,
  { login, password, device }: SignInInput,
  { address, requestId, signal }: CallFrom,
): Promise<SignedIn> {
  const startedAt = auth.now();
  const attempt = { login: foldLogin(login), password, deviceId: device.id, address, requestId };
  try {
    const account = await checkPassword(auth, attempt);
    return await startSession(auth, account, { device, requestId });
  } catch (error) {
    if (error instanceof TallymanError && error.code === 'SIGN_IN_FAILED') {
      await auth.wait(Math.max(0, startedAt + FAILED_ANSWER_MS - auth.now()), signal);
    }
    throw error;
  }
}

async function startSession(
  auth: TenantAuth,
  account: { person_id: string; password_hash: string },
  { device, requestId }: { device: DeviceIntroduction; requestId: string | undefined },
): Promise<SignedIn> {
  const { store } = auth;
  const at = auth.now();
  const token = makeRefreshToken(store.newId());
  const expiresAt = at + SESSION_IDLE_MS;
  const own = { personId: account.person_id, deviceId: device.id };
  await writePlainly(store, async (db) => {
    // Whoever disables the account or changes the password meanwhile waits for this row, and then ends this session too.
    const held = await db
      .updateTable('account')
      .set({ failures: 0, refused_until: null })
      .where('person_id', '=', account.person_id)
      .where('password_hash', '=', account.password_hash)
      .where('disabled_at', 'is', null)
      .returning('person_id')
      .executeTakeFirst();
    if (held === undefined) throw signInFailed();
    await enrolDevice(db, device, { personId: own.personId, at });
    await endSessions(db, { at, reason: 'replaced', ...own });
    await db
      .deleteFrom('session')
      .where('person_id', '=', account.person_id)
      .where('ends_at', '<', at)
      .execute();
    await db
      .insertInto('session')
      .values({
        session_id: token.sessionId,
        person_id: own.personId,
        device_id: own.deviceId,
        token_hash: token.hash,
        previous_hash: null,
        rotated_at: at,
        used_at: null,
        created_at: at,
        expires_at: expiresAt,
        ends_at: at + SESSION_LIFE_MS,
        ended_at: null,
        end_reason: null,
      })
      .execute();
    const entry = { at, action: 'session.begin', ...own, requestId, outcome: 'done' };
    await audit(store, db, [entry]);
  });
  auth.actors.forget();
  return giveTokens(auth, { ...own, token, expiresAt });
}
