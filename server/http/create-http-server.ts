import { randomUUID } from 'node:crypto';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import { fastify, type FastifyError, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { TallymanError } from '../../shared/errors.ts';
import { OPERATION_BYTES_MAX, PUSH_BYTES_MAX } from '../../shared/sync/operation.ts';
import { type ServerRouter, serverRouter } from '../router.ts';
import { actorOf } from '../auth/actor-of.ts';
import type { TenantHost } from '../tenant/tenant-host.ts';
import { organisationPath } from '../../shared/sync/organisation.ts';
import { withStatus } from '../trpc.ts';
import { compressAnswers } from './compress-answers.ts';
import { guardRequests } from './guard-requests.ts';
import { serveHealthz } from './healthz.ts';
import { logRequests } from './log-requests.ts';
import { type Refusal, refusalBody } from './refusal.ts';
import { servePokes } from './serve-pokes.ts';
import { servePhotos } from './serve-photos.ts';
import { serveSnapshots } from './serve-snapshots.ts';
import { findTenants, tenantOf } from './request-tenant.ts';

/**
 * A full push whose last operation is as large as one may be. An operation may be twice too large and still be told so,
 * under its number, instead of holding up all that come after it.
 */
const BODY_BYTES_MAX = PUSH_BYTES_MAX + 2 * OPERATION_BYTES_MAX;
const BATCH_CALLS_MAX = 20;
/** A whole request has to have arrived by then. */
const REQUEST_TIMEOUT_MS = 30_000;
/** The longest work is the digests of a scope of millions of rows, which takes seconds. */
const HANDLER_TIMEOUT_MS = 120_000;
/** Longer than laptops' own, so that it is they who close and no request meets a closing connection. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export interface HttpServerOptions {
  tenants: TenantHost;
  logger: Logger;
  now: () => number;
}

export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { tenants, logger } = options;
  const app = fastify({
    loggerInstance: logger,
    // Its own lines would carry the query, which may hold what somebody searched for.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    handlerTimeout: HANDLER_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // No limit of the router's own: `guardRequests` bounds the whole address.
    routerOptions: { maxParamLength: 65_536 },
  }) as unknown as FastifyInstance;
  // Web pages may send plain text anywhere without asking; JSON they may not.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
  });
  guardRequests(app);
  logRequests(app);
  compressAnswers(app);
  answerErrors(app);
  findTenants(app, tenants);
  // Lines stay open, so a server that stops waits for them in vain.
  app.addHook('preClose', async () => {
    for (const { pokes } of await tenants.opened()) pokes.close();
  });
  for (const prefix of ['', organisationPath(':organisation')]) {
    void app.register(async (routes) => serveTenant(routes, options), { prefix });
  }
  return app;
}

/** The same addresses for every organisation. Each request knows its own by `tenantOf`. */
function serveTenant(routes: FastifyInstance, options: HttpServerOptions): void {
  serveHealthz(routes);
  serveSnapshots(routes);
  servePhotos(routes);
  const trpc = trpcOptions(options);
  servePokes(routes, trpc.trpcOptions);
  void routes.register(fastifyTRPCPlugin, trpc);
}

function trpcOptions({ now }: HttpServerOptions): FastifyTRPCPluginOptions<ServerRouter> {
  return {
    prefix: '/trpc',
    trpcOptions: {
      router: serverRouter,
      createContext: async ({ req, res }) => {
        const { store, snapshots, pokes } = tenantOf(req);
        return {
          store,
          auth: tenantOf(req).auth,
          address: req.ip,
          snapshots: snapshots?.keeper ?? null,
          now,
          actor: await actorOf(req).catch(asRefusal),
          requestId: req.id,
          connection: {
            hub: pokes,
            actorNow: () => actorOf(req),
            hangUp: () => res.raw.destroy(),
            random: store.random,
          },
          reportFailure: (error, number) =>
            req.log.error({ number, err: error }, 'operation failed'),
        };
      },
      // Queries may come by POST: the cursors of 64 scopes do not fit into an address.
      allowMethodOverride: true,
      maxBatchSize: BATCH_CALLS_MAX,
      onError: ({ error, path, req }) => {
        const reason = error.cause instanceof TallymanError ? error.cause.code : error.code;
        if (error.code !== 'INTERNAL_SERVER_ERROR') req.log.info({ path, reason }, 'call refused');
        else req.log.error({ path, err: error.cause ?? error }, 'call failed');
      },
    },
  };
}

/** A failure before the call itself began, which nothing else gives its status. */
function asRefusal(error: unknown): never {
  throw error instanceof TallymanError ? withStatus(error) : error;
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
