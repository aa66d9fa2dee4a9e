/**
 * How our server says that a request has to come in somebody's name (RFC 9110, 11.6.1). By it a laptop tells the server's
 * own 401 from that of a proxy in between.
 */
export const SIGN_IN_CHALLENGE = 'Bearer realm="Tallyman"';

export const CHALLENGE_HEADER = 'www-authenticate';

export function asksForSignIn(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): boolean {
  return headers[CHALLENGE_HEADER] === SIGN_IN_CHALLENGE;
}
