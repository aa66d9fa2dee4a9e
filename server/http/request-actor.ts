import type { FastifyRequest } from 'fastify';
import type { Actor } from '../auth/actor.ts';
import { actorOf } from '../auth/actor-of.ts';

const asked = new WeakMap<FastifyRequest, Promise<Actor>>();
const known = new WeakMap<FastifyRequest, Actor>();

/** Worked out once, however many ask. */
export function requestActor(request: FastifyRequest): Promise<Actor> {
  const before = asked.get(request);
  if (before) return before;
  const found = actorOf(request).then((actor) => {
    known.set(request, actor);
    return actor;
  });
  asked.set(request, found);
  return found;
}

/** Null if nobody has asked, or nothing came of it. */
export function knownActor(request: FastifyRequest): Actor | null {
  return known.get(request) ?? null;
}
