import type { IncomingMessage } from 'node:http';

/** Loopback by number: a name could be made to point elsewhere, and other machines have no business here. */
export const LOOPBACK_ADDRESS = '127.0.0.1';

/**
 * Why a request is not served, or null. A foreign Host means that somebody's domain was pointed at this machine (DNS
 * rebinding); a foreign Origin means that another site's page is asking. A page load carries no Origin, but whatever
 * opens a WebSocket from a browser always does.
 */
export function refusalOf(request: IncomingMessage, kind: 'page' | 'socket'): string | null {
  const host = `${LOOPBACK_ADDRESS}:${request.socket.localPort}`;
  if (request.headers.host !== host) return 'Tallyman does not answer under this host name.';
  const { origin } = request.headers;
  if (origin === undefined && kind === 'page') return null;
  return origin === `http://${host}` ? null : 'Tallyman does not answer the pages of other sites.';
}
