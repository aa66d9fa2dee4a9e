import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { SigningKeys } from './signing-keys.ts';

/** Short, because what it says of a session is looked up anyway and a stolen one should soon be worth nothing. */
export const ACCESS_TOKEN_LIFE_MS = 10 * 60 * 1_000;
const AUDIENCE = 'tallyman';
const TYPE = 'at+jwt';
const ALGORITHM = 'EdDSA';
/** Between the clocks of several processes. */
const LEEWAY_SECONDS = 5;
/** Ours have some 500 characters. */
const TOKEN_LENGTH_MAX = 2_048;

const claimsSchema = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  did: z.uuid(),
  jti: z.string().min(1).max(64),
});

/** Who an access token was given to. Whether they may still use it, the tables say. */
export interface AccessClaims {
  personId: string;
  sessionId: string;
  deviceId: string;
  /** Of the refresh token with which it was given. */
  tokenName: string;
}

export interface AccessTokensOptions {
  keys: SigningKeys;
  /** Of the organisation, so that a token is worth nothing at another one. */
  serverId: string;
  now: () => number;
}

export class AccessTokens {
  readonly #options: AccessTokensOptions;

  constructor(options: AccessTokensOptions) {
    this.#options = options;
  }

  async make(claims: AccessClaims): Promise<{ text: string; expiresAt: number }> {
    const { keys, serverId, now } = this.#options;
    const { kid, privateKey } = await keys.current();
    const issuedAt = Math.floor(now() / 1_000);
    const expires = issuedAt + ACCESS_TOKEN_LIFE_MS / 1_000;
    const text = await new SignJWT({ sid: claims.sessionId, did: claims.deviceId })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
      .setIssuer(serverId)
      .setAudience(AUDIENCE)
      .setSubject(claims.personId)
      .setJti(claims.tokenName)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(expires)
      .sign(privateKey);
    return { text, expiresAt: expires * 1_000 };
  }

  /** Null for everything that is not a token of this organisation which is good now. A failing database throws. */
  async read(text: string): Promise<AccessClaims | null> {
    if (text.length > TOKEN_LENGTH_MAX) return null;
    const { keys, serverId, now } = this.#options;
    try {
      const { payload } = await jwtVerify(
        text,
        async ({ kid }) => {
          const key = typeof kid === 'string' ? await keys.publicKey(kid) : null;
          if (key === null) throw new errors.JWKSNoMatchingKey();
          return key;
        },
        {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer: serverId,
          audience: AUDIENCE,
          requiredClaims: ['iat', 'nbf', 'exp', 'sub', 'sid', 'did', 'jti'],
          maxTokenAge: ACCESS_TOKEN_LIFE_MS / 1_000,
          clockTolerance: LEEWAY_SECONDS,
          currentDate: new Date(now()),
        },
      );
      const parsed = claimsSchema.safeParse(payload);
      if (!parsed.success) return null;
      const { sub, sid, did, jti } = parsed.data;
      return { personId: sub, sessionId: sid, deviceId: did, tokenName: jti };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
