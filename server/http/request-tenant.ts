import type { FastifyInstance, FastifyRequest } from 'fastify';
import { must } from '../../shared/domain/assert.ts';
import type { TenantHost } from '../tenant/tenant-host.ts';
import type { Tenant } from '../tenant/tenant.ts';

const tenants = new WeakMap<FastifyRequest, Tenant>();

/** Gives every request its organisation before anything else looks at it; one that nobody knows is not found. */
export function findTenants(app: FastifyInstance, host: TenantHost): void {
  app.addHook('onRequest', async (request, reply) => {
    const { organisation } = (request.params ?? {}) as { organisation?: string };
    const tenant = await host.get(organisation ?? null);
    if (tenant === null) return reply.callNotFound();
    tenants.set(request, tenant);
    return undefined;
  });
}

export function tenantOf(request: FastifyRequest): Tenant {
  return must(tenants.get(request), 'the organisation of the request');
}
