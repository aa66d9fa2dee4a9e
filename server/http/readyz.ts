import type { FastifyInstance } from 'fastify';
import type { Readiness } from '../operations/readiness.ts';
import { tenantOf } from './request-tenant.ts';

/** Tells a balancer whether to send requests here. A process that is about to stop says no before it closes its port. */
export function serveReadyz(app: FastifyInstance, readiness: Readiness): void {
  app.get('/readyz', { logLevel: 'warn' }, async (request, reply) => {
    const reason = await readiness.check(tenantOf(request).store);
    if (reason === null) return { status: 'ready' };
    return reply.code(503).send({ status: 'unready', reason });
  });
}
