import type { FastifyRequest } from 'fastify';
import type { Actor } from './actor.ts';

/** Who sent the request, by its `Authorization` header. */
export async function actorOf(_request: FastifyRequest): Promise<Actor> {
  return { kind: 'open' };
}
