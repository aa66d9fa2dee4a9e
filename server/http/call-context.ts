import type { FastifyReply, FastifyRequest } from 'fastify';
import { TallymanError } from '../../shared/errors.ts';
import { actorOf } from '../auth/actor-of.ts';
import { observeCall } from '../operations/metrics/observe-call.ts';
import type { ServerMetrics } from '../operations/metrics/server-metrics.ts';
import { type ServerContext, withStatus } from '../trpc.ts';
import { requestActor } from './request-actor.ts';
import { tenantOf } from './request-tenant.ts';

export interface CallContextOptions {
  now: () => number;
  metrics: ServerMetrics | null;
}

/** What the procedures of one request are given. Refuses who comes with a token that does not hold. */
export async function callContext(
  { now, metrics }: CallContextOptions,
  req: FastifyRequest,
  res: FastifyReply,
): Promise<ServerContext> {
  const { store, auth, snapshots, pokes } = tenantOf(req);
  return {
    store,
    snapshots: snapshots?.keeper ?? null,
    now,
    actor: await requestActor(req).catch(asRefusal),
    auth,
    address: req.ip,
    requestId: req.id,
    observe: metrics === null ? undefined : (call) => observeCall(metrics, call),
    connection: {
      hub: pokes,
      actorNow: () => actorOf(req),
      hangUp: () => res.raw.destroy(),
      random: store.random,
    },
    reportFailure: (error, number) => req.log.error({ number, err: error }, 'operation failed'),
  };
}

/** A failure before the call itself began, which nothing else gives its status. */
function asRefusal(error: unknown): never {
  throw error instanceof TallymanError ? withStatus(error) : error;
}
