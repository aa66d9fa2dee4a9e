import { createHash, timingSafeEqual } from 'node:crypto';

export interface Session {
  /** A new one-time token; an earlier one that nobody used stops working. */
  newToken: () => string;
  /** True once per token. */
  redeem: (token: string) => boolean;
  /** For `Set-Cookie`: not readable by scripts, never sent from another site. */
  cookie: (port: number) => string;
  isOpen: (cookieHeader: string | undefined, port: number) => boolean;
}

/**
 * One person's session with the loopback shell: a token for the first visit, then a cookie. All ports of a host share
 * their cookies, so the port is part of the cookie's name. `randomText` gives at least 128 new bits with each call.
 */
export function createSession(randomText: () => string): Session {
  const secret = randomText();
  let token: string | null = null;
  const pair = (port: number): string => `tallyman-${port}=${secret}`;
  return {
    newToken: () => {
      token = randomText();
      return token;
    },
    redeem: (offered) => {
      if (token === null || !sameText(offered, token)) return false;
      token = null;
      return true;
    },
    cookie: (port) => `${pair(port)}; HttpOnly; SameSite=Strict; Path=/`,
    isOpen: (header, port) =>
      (header ?? '').split(';').some((offered) => sameText(offered.trim(), pair(port))),
  };
}

/** Takes the same time wherever the texts differ; hashing makes the lengths equal. */
function sameText(left: string, right: string): boolean {
  return timingSafeEqual(sha256(left), sha256(right));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
