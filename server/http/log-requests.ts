import type { FastifyInstance, FastifyRequest } from 'fastify';
import { knownActor } from './request-actor.ts';
import { pathOf } from './request-kind.ts';

/** Longer paths are nobody's but somebody's who tries things out. */
const PATH_LENGTH_MAX = 200;

/** One line per request, without its query: inputs are nobody's business but the caller's. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        path: pathOf(request).slice(0, PATH_LENGTH_MAX),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        bytes: Number(reply.getHeader('content-length') ?? 0),
        ...whoOf(request),
      },
      'request',
    );
  });
}

function whoOf(request: FastifyRequest): { person?: string; device?: string } {
  const actor = knownActor(request);
  return actor?.kind === 'person' ? { person: actor.personId, device: actor.deviceId } : {};
}
