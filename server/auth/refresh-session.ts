import type { Selectable } from 'kysely';
import { TallymanError } from '../../shared/errors.ts';
import type {
  DeviceIntroduction,
  RefreshInput,
  SignedIn,
} from '../../shared/sync/auth-protocol.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { writePlainly } from '../store/write-plainly.ts';
import { audit } from './audit.ts';
import { deviceRevoked, sessionEnded } from './auth-refusals.ts';
import { noteSeen } from './device-records.ts';
import { type EndReason, endSessions } from './end-sessions.ts';
import { giveTokens } from './give-tokens.ts';
import { isSameHash, makeRefreshToken, readRefreshToken } from './refresh-token.ts';
import { REFRESH_GRACE_MS, SESSION_IDLE_MS } from './session-life.ts';
import type { TenantAuth } from './tenant-auth.ts';

type Session = Selectable<ServerDatabase['session']>;

/** Refreshes of one session at the very same moment. */
const TRIES_MAX = 5;

/**
 * A new pair of tokens for the refresh token. Each is good for one refresh. The one before is taken once more while the new
 * access token has not been used, because the answer may have been lost. Any other that comes again was copied: then the
 * whole session ends, for the thief and for the laptop. Throws SESSION_ENDED and DEVICE_REVOKED.
 */
export async function refreshSession(
  auth: TenantAuth,
  { refreshToken, device }: RefreshInput,
  signal?: AbortSignal,
): Promise<SignedIn> {
  const given = readRefreshToken(refreshToken);
  if (given === null) throw sessionEnded();
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const session = await findSession(auth, given.sessionId);
    if (session === undefined) throw sessionEnded();
    const standing = standingOf(session, given.hash, { device, now: auth.now() });
    if (standing !== 'good') {
      if (standing === 'revoked') throw deviceRevoked();
      if (standing !== 'over') await end(auth, session, standing);
      throw sessionEnded();
    }
    // A laptop that has given up asks again by the same token; what it will not hear must not replace that.
    if (signal?.aborted === true) throw new TallymanError('CANCELLED', 'Nobody waits any more.');
    const token = makeRefreshToken(session.session_id);
    const expiresAt = await rotate(auth, session, { given: given.hash, next: token.hash, device });
    if (expiresAt === null) continue;
    auth.actors.forget();
    const { person_id: personId, device_id: deviceId } = session;
    return giveTokens(auth, { personId, deviceId, token, expiresAt });
  }
  throw new TallymanError('SERVER_BUSY', 'The session is being refreshed. Try again in a moment.');
}

async function findSession(
  { store }: TenantAuth,
  sessionId: string,
): Promise<(Session & { revoked_at: number | null }) | undefined> {
  return store.reader
    .selectFrom('session')
    .innerJoin('device', 'device.device_id', 'session.device_id')
    .selectAll('session')
    .select('device.revoked_at')
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
}

/** Whether the token may be exchanged, and if not, why the session has to end; `over` if it has. */
function standingOf(
  session: Session & { revoked_at: number | null },
  hash: string,
  { device, now }: { device: DeviceIntroduction; now: number },
): 'good' | 'revoked' | 'over' | EndReason {
  const isCurrent = isSameHash(hash, session.token_hash);
  const isPrevious = isSameHash(hash, session.previous_hash);
  if (session.revoked_at !== null && (isCurrent || isPrevious)) return 'revoked';
  if (session.ended_at !== null) return 'over';
  if (session.expires_at <= now || session.ends_at <= now) return 'expired';
  if (device.id !== session.device_id) return 'reuse';
  if (isCurrent) return 'good';
  const mayBeLost = session.used_at === null && now < session.rotated_at + REFRESH_GRACE_MS;
  return isPrevious && mayBeLost ? 'good' : 'reuse';
}

/** Null if somebody else was quicker. Else until when the new token is good. */
async function rotate(
  { store, now }: TenantAuth,
  session: Session,
  { given, next, device }: { given: string; next: string; device: DeviceIntroduction },
): Promise<number | null> {
  const at = now();
  const expiresAt = Math.min(at + SESSION_IDLE_MS, session.ends_at);
  return writePlainly(store, async (db) => {
    await noteSeen(db, device, { personId: session.person_id, at });
    const rotated = await db
      .updateTable('session')
      .set({
        token_hash: next,
        previous_hash: given,
        rotated_at: at,
        used_at: null,
        expires_at: expiresAt,
      })
      .where('session_id', '=', session.session_id)
      .where('token_hash', '=', session.token_hash)
      .where('used_at', session.used_at === null ? 'is' : '=', session.used_at)
      .where('ended_at', 'is', null)
      .returning('session_id')
      .executeTakeFirst();
    return rotated === undefined ? null : expiresAt;
  });
}

async function end(
  { store, now, actors }: TenantAuth,
  { session_id: sessionId, person_id: personId, device_id: deviceId }: Session,
  reason: EndReason,
): Promise<void> {
  const at = now();
  await writePlainly(store, async (db) => {
    await endSessions(db, { at, reason, sessionId });
    await audit(store, db, [{ at, action: 'session.end', personId, deviceId, outcome: reason }]);
  });
  actors.forget();
}
