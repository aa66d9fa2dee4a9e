import { type AddressInfo, isIPv6 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { TallymanError } from '../shared/errors.ts';
import { hasAccounts } from './auth/has-accounts.ts';
import { createHttpServer, type HttpServerOptions } from './http/create-http-server.ts';
import { EDGE_LIMITS, type EdgeLimits } from './http/edge-limits.ts';
import { isExposed, type Listening, requireSafeListening } from './http/listening.ts';
import { followTlsFiles, readTlsFiles, type TlsFiles } from './http/tls-files.ts';
import { openMetrics } from './operations/metrics/open-metrics.ts';
import type { MetricsListening, RunningMetrics } from './operations/metrics/serve-metrics.ts';
import { createServerMetrics } from './operations/metrics/server-metrics.ts';
import { Readiness } from './operations/readiness.ts';
import type { ServerStore } from './store/open-store.ts';
import { TenantHost } from './tenant/tenant-host.ts';
import type { SnapshotOptions } from './tenant/tenant.ts';

/** Requests at work when the server is told to stop are given this long. */
const SHUTDOWN_TIMEOUT_MS = 8_000;

export interface StartServerOptions {
  dataDir: string;
  /** `postgres://…`; without it SQLite in the data folder. */
  database?: string | undefined;
  /** 0 for any that is free. */
  port: number;
  host?: string | undefined;
  name?: string | undefined;
  /** Silent if it is not given. */
  logger?: Logger | undefined;
  now?: (() => number) | undefined;
  /** Plain HTTP if it is not given. */
  tls?: TlsFiles | undefined;
  /** Addresses of the reverse proxies in front; undefined if there are none. */
  trustedProxies?: readonly string[] | undefined;
  /** Names, without port, that the server answers to beside those of this machine itself. */
  publicHosts?: readonly string[] | undefined;
  limits?: Partial<EdgeLimits> | undefined;
  /** Served on a port of their own; counted only then. */
  metrics?: MetricsListening | undefined;
  /** How long a stopping server says so before it takes no more requests. */
  drainMs?: number | undefined;
  /** False: none are built or offered, and laptops fetch pages. */
  snapshots?: false | SnapshotOptions | undefined;
}

export interface RunningServer {
  /** Without a slash at the end. */
  url: string;
  /** Of the first organisation, for code in the same process that changes entities, through `commitChanges`. */
  store: ServerStore;
  /** Where metrics are; null if nobody asked for them. */
  metricsPort: number | null;
  /** Takes no more requests, finishes those at work, closes the database. Within a bound, and as often as one likes. */
  close: () => Promise<void>;
}

export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const { dataDir, database, port, host = '127.0.0.1', name, now = Date.now } = options;
  const logger = options.logger ?? pino({ level: 'silent' });
  const metrics = options.metrics === undefined ? null : createServerMetrics();
  const readiness = new Readiness();
  const tenants = await TenantHost.open({
    dataDir,
    database,
    name,
    logger,
    now,
    metrics,
    snapshots: options.snapshots,
  });
  const listening: Listening = {
    host,
    tls: options.tls ?? null,
    trustedProxies: options.trustedProxies ?? null,
    publicHosts: options.publicHosts ?? [],
  };
  const limits = { ...EDGE_LIMITS, ...options.limits };
  let app: FastifyInstance | null = null;
  let served: RunningMetrics | null = null;
  try {
    await requireSafety(listening, tenants);
    app = await startHttp({ tenants, listening, limits, readiness, metrics, logger, now });
    if (metrics !== null && options.metrics !== undefined) {
      served = await openMetrics(metrics, { tenants, listening: options.metrics, now });
    }
    await listen(app, host, port);
  } catch (error) {
    await served?.close();
    await app?.close();
    await tenants.close();
    throw error;
  }
  const running = app;
  const bound = running.server.address() as AddressInfo;
  let closing: Promise<void> | null = null;
  return {
    url: addressOf(listening, bound.port),
    store: tenants.first.store,
    metricsPort: served?.port ?? null,
    close: () =>
      (closing ??= stopServing(running, {
        tenants,
        readiness,
        metrics: served,
        drainMs: options.drainMs ?? 0,
      })),
  };
}

/** A balancer is told first, and given time to send requests elsewhere. */
async function stopServing(
  app: FastifyInstance,
  {
    tenants,
    readiness,
    metrics,
    drainMs,
  }: {
    tenants: TenantHost;
    readiness: Readiness;
    metrics: RunningMetrics | null;
    drainMs: number;
  },
): Promise<void> {
  readiness.stop();
  if (drainMs > 0) await sleep(drainMs);
  await closeAll(app, tenants);
  await metrics?.close();
}

async function requireSafety(listening: Listening, tenants: TenantHost): Promise<void> {
  if (!isExposed(listening)) return;
  const everybodySignsIn = await tenants.every(({ store }) => hasAccounts(store));
  requireSafeListening(listening, { everybodySignsIn });
}

async function startHttp(options: Omit<HttpServerOptions, 'tls'>): Promise<FastifyInstance> {
  const { listening, logger } = options;
  const files = listening.tls;
  if (files === null) return createHttpServer({ ...options, tls: null });
  const used = await readTlsFiles(files);
  const app = createHttpServer({ ...options, tls: used });
  const stop = followTlsFiles(app.server as unknown as TlsServer, { files, used, logger });
  app.addHook('onClose', async () => stop());
  return app;
}

/** For people and laptops. A server that listens everywhere is known by its own name. */
function addressOf({ host, tls, publicHosts }: Listening, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? (publicHosts[0] ?? host) : host;
  return `${tls === null ? 'http' : 'https'}://${isIPv6(name) ? `[${name}]` : name}:${port}`;
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'EADDRINUSE') {
      throw new TallymanError(
        'BAD_INPUT',
        `Port ${port} is in use by another program. Stop that one, or give another --port.`,
        { cause: error, details: { port } },
      );
    }
    if (code === 'EACCES') {
      throw new TallymanError(
        'BAD_INPUT',
        `This user may not listen on port ${port}. Give a --port above 1023.`,
        { cause: error, details: { port } },
      );
    }
    throw error;
  }
}

async function closeAll(app: FastifyInstance, tenants: TenantHost): Promise<void> {
  const waiting = new AbortController();
  const closed = app.close();
  const late = sleep(SHUTDOWN_TIMEOUT_MS, 'late', { signal: waiting.signal }).catch(() => null);
  if ((await Promise.race([closed, late])) === 'late') app.server.closeAllConnections();
  waiting.abort();
  await closed;
  await tenants.close();
}
