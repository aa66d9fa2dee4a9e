import type { FastifyRequest } from 'fastify';
import { tenantOf } from '../http/request-tenant.ts';
import type { Actor } from './actor.ts';
import { unauthorized } from './auth-refusals.ts';

const BEARER = /^Bearer +([\w.~+/=-]+)$/i;
const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.|^::1$/;
/** Of requests that came through somebody else, who may stand anywhere. */
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Who sent the request, by its `Authorization` header. Throws UNAUTHORIZED for a token that is not good (any more),
 * SESSION_ENDED and DEVICE_REVOKED.
 */
export async function actorOf(request: FastifyRequest): Promise<Actor> {
  const { actors } = tenantOf(request).auth;
  const { authorization } = request.headers;
  if (authorization === undefined) return actors.withoutToken(isFromHere(request));
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw unauthorized();
  return actors.withToken(token);
}

function isFromHere({ raw, headers }: FastifyRequest): boolean {
  if (!LOOPBACK_ADDRESS.test(raw.socket.remoteAddress ?? '')) return false;
  return FORWARDING_HEADERS.every((name) => headers[name] === undefined);
}
