import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What the server keeps of a refresh token, and what a laptop holds of it. */

const SECRET_BYTES = 32;
const TOKEN_FORM = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([\w-]{43})$/;
/** 132 bits of the hash name a token without giving anything of it away. */
const NAME_LENGTH = 22;

export interface RefreshToken {
  sessionId: string;
  hash: string;
}

export interface NewRefreshToken extends RefreshToken {
  text: string;
}

export function makeRefreshToken(sessionId: string): NewRefreshToken {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { text: `${sessionId}.${secret}`, sessionId, hash: hashOf(secret) };
}

/** Null for what was never a token. */
export function readRefreshToken(text: string): RefreshToken | null {
  const [, sessionId, secret] = TOKEN_FORM.exec(text) ?? [];
  if (sessionId === undefined || secret === undefined) return null;
  return { sessionId, hash: hashOf(secret) };
}

export function isSameHash(one: string, other: string | null): boolean {
  if (other === null || one.length !== other.length) return false;
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** By which an access token says with which refresh token it was given. */
export function nameOfHash(hash: string): string {
  return hash.slice(0, NAME_LENGTH);
}

/** Of 256 random bits, so a plain hash is as good as a slow one. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
