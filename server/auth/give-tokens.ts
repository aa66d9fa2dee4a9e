import { LEASE_DAYS, type SignedIn } from '../../shared/sync/auth-protocol.ts';
import { sessionEnded } from './auth-refusals.ts';
import { readAccess, readSignedIn } from './person-access.ts';
import { nameOfHash, type NewRefreshToken } from './refresh-token.ts';
import type { TenantAuth } from './tenant-auth.ts';

const LEASE_MS = LEASE_DAYS * 24 * 60 * 60 * 1_000;

export interface GivenSession {
  personId: string;
  deviceId: string;
  token: NewRefreshToken;
  expiresAt: number;
}

/** The answer to a sign-in and to a refresh. */
export async function giveTokens(
  { store, tokens, now }: TenantAuth,
  { personId, deviceId, token, expiresAt }: GivenSession,
): Promise<SignedIn> {
  const access = await readAccess(store.reader, personId);
  if (access === null) throw sessionEnded();
  const { text, expiresAt: accessExpiresAt } = await tokens.make({
    personId,
    deviceId,
    sessionId: token.sessionId,
    tokenName: nameOfHash(token.hash),
  });
  return {
    serverId: store.serverId,
    serverName: store.serverName,
    person: await readSignedIn(store.reader, personId, access),
    accessToken: text,
    accessExpiresAt,
    refreshToken: token.text,
    refreshExpiresAt: expiresAt,
    serverTime: now(),
    leaseMs: LEASE_MS,
  };
}
