import { randomUUID } from 'node:crypto';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import { fastify, type FastifyError, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { type ServerRouter, serverRouter } from '../router.ts';
import { observeRequests } from '../operations/metrics/observe-requests.ts';
import type { ServerMetrics } from '../operations/metrics/server-metrics.ts';
import type { Readiness } from '../operations/readiness.ts';
import type { TenantHost } from '../tenant/tenant-host.ts';
import { CHALLENGE_HEADER, SIGN_IN_CHALLENGE } from '../../shared/sync/sign-in-challenge.ts';
import { organisationPath } from '../../shared/sync/organisation.ts';
import { addressList } from './address-list.ts';
import { admitRequests } from './admit-requests.ts';
import { callContext } from './call-context.ts';
import { compressAnswers } from './compress-answers.ts';
import type { EdgeLimits } from './edge-limits.ts';
import { endCrawling } from './end-crawling.ts';
import { guardRequests } from './guard-requests.ts';
import { serveHealthz } from './healthz.ts';
import { requestIdOf } from './request-id.ts';
import { limitConnections } from './limit-connections.ts';
import { limitRates } from './limit-rates.ts';
import { isExposed, type Listening } from './listening.ts';
import { logFailure } from './log-failure.ts';
import { logRequests } from './log-requests.ts';
import { type Refusal, refusalBody } from './refusal.ts';
import { servePokes } from './serve-pokes.ts';
import { serveReadyz } from './readyz.ts';
import { servePhotos } from './serve-photos.ts';
import { serveSnapshots } from './serve-snapshots.ts';
import { findTenants } from './request-tenant.ts';
import { TLS_VERSION_MIN, type TlsMaterial } from './tls-files.ts';

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export interface HttpServerOptions {
  tenants: TenantHost;
  listening: Listening;
  /** What `listening.tls` names; null for plain HTTP. */
  tls: TlsMaterial | null;
  limits: EdgeLimits;
  readiness: Readiness;
  /** Null if nobody asks for them. */
  metrics: ServerMetrics | null;
  logger: Logger;
  now: () => number;
}

export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { tenants, logger, listening, limits } = options;
  const isProxy = addressList(listening.trustedProxies ?? []);
  const app = fastify({
    ...transportOptions(options),
    // What an address that is no proxy says about itself counts for nothing.
    trustProxy: listening.trustedProxies === null ? false : isProxy,
    loggerInstance: logger,
    // Its own lines would carry the query, which may hold what somebody searched for.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']) ?? randomUUID(),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    handlerTimeout: limits.handlerMs,
    keepAliveTimeout: limits.keepAliveMs,
    // No limit of the router's own: `guardRequests` bounds the whole address.
    routerOptions: { maxParamLength: 65_536 },
  }) as unknown as FastifyInstance;
  // One more than are allowed, so that a request with too many is seen to have them.
  app.server.maxHeadersCount = limits.headerCount + 1;
  limitConnections(app.server, limits, isProxy);
  // Web pages may send plain text anywhere without asking; JSON they may not.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
  });
  if (options.metrics !== null) observeRequests(app, options.metrics);
  app.addHook('onSend', async (_request, reply) => {
    if (reply.statusCode === 401) reply.header(CHALLENGE_HEADER, SIGN_IN_CHALLENGE);
  });
  guardRequests(app, { listening, limits });
  admitRequests(app, limits);
  logRequests(app);
  compressAnswers(app);
  endCrawling(app, limits);
  answerErrors(app);
  findTenants(app, tenants);
  limitRates(app, { limits, isExposed: isExposed(listening) });
  // Lines stay open, so a server that stops waits for them in vain.
  app.addHook('preClose', async () => {
    for (const { pokes } of await tenants.opened()) pokes.close();
  });
  for (const prefix of ['', organisationPath(':organisation')]) {
    void app.register(async (routes) => serveTenant(routes, options), { prefix });
  }
  return app;
}

/** Limits that Node itself holds, on plain HTTP and on TLS. */
function transportOptions({ limits, tls }: HttpServerOptions): object {
  const options = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.sweepMs,
  };
  if (tls === null) return { http: options };
  const { handshakeMs: handshakeTimeout } = limits;
  return { https: { ...options, ...tls, minVersion: TLS_VERSION_MIN, handshakeTimeout } };
}

/** The same addresses for every organisation. Each request knows its own by `tenantOf`. */
function serveTenant(routes: FastifyInstance, options: HttpServerOptions): void {
  serveHealthz(routes);
  serveReadyz(routes, options.readiness);
  serveSnapshots(routes);
  servePhotos(routes);
  servePokes(routes, options);
  void routes.register(fastifyTRPCPlugin, trpcOptions(options));
}

function trpcOptions(options: HttpServerOptions): FastifyTRPCPluginOptions<ServerRouter> {
  return {
    prefix: '/trpc',
    trpcOptions: {
      router: serverRouter,
      createContext: ({ req, res }) => callContext(options, req, res),
      // Queries may come by POST: the cursors of 64 scopes do not fit into an address.
      allowMethodOverride: true,
      maxBatchSize: options.limits.batchCalls,
      // tRPC gives its status after the hooks of ours have run.
      responseMeta: ({ errors }) =>
        errors.some(({ code }) => code === 'UNAUTHORIZED')
          ? { headers: { [CHALLENGE_HEADER]: SIGN_IN_CHALLENGE } }
          : {},
      onError: ({ error, path, req }) => logFailure(req, error, path),
    },
  };
}

function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(
      refusalBody({
        httpStatus: 404,
        code: 'NOT_FOUND',
        message: 'There is nothing at this address.',
        retryable: false,
      }),
    ),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const httpStatus = error.statusCode ?? 500;
    const isOurs = httpStatus >= 500;
    if (isOurs) request.log.error({ err: error }, 'request failed');
    return reply.code(httpStatus).send(
      refusalBody({
        httpStatus,
        ...explain(httpStatus),
        retryable: isOurs,
      }),
    );
  });
}

function explain(httpStatus: number): Pick<Refusal, 'code' | 'message'> {
  if (httpStatus >= 500) {
    return {
      code: 'SERVER_ERROR',
      message: 'The server met an unexpected error. Its log says more.',
    };
  }
  if (httpStatus === 413) return { code: 'TOO_LARGE', message: 'That request is too large.' };
  return { code: 'BAD_INPUT', message: 'That request could not be read.' };
}
