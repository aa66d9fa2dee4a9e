import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PROTOCOL_VERSION, PROTOCOL_VERSION_OLDEST } from '../../shared/sync/protocol.ts';
import { refusalBody } from './refusal.ts';
import { tenantOf } from './request-tenant.ts';

const query = z.strictObject({
  nonce: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
});

/**
 * Tells a laptop that it reaches a Tallyman server and which. The nonce comes back: the log-in page of a captive portal,
 * or a cache, cannot know it.
 */
export function serveHealthz(app: FastifyInstance): void {
  app.get('/healthz', { logLevel: 'warn' }, async (request, reply) => {
    const asked = query.safeParse(request.query);
    if (!asked.success) {
      const refusal = {
        httpStatus: 400,
        code: 'BAD_INPUT',
        message: 'That nonce is not valid.',
        retryable: false,
      } as const;
      return reply.code(refusal.httpStatus).send(refusalBody(refusal));
    }
    const { store, auth } = tenantOf(request);
    return {
      product: 'tallyman',
      status: 'ok',
      serverId: store.serverId,
      serverName: store.serverName,
      protocol: PROTOCOL_VERSION,
      protocolOldest: PROTOCOL_VERSION_OLDEST,
      signIn: (await auth.actors.isSignInNeeded()) ? 'required' : 'open',
      ...asked.data,
    };
  });
}
