import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { TallymanError } from '../shared/errors.ts';
import { createHttpServer } from './http/create-http-server.ts';
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
  /** False: none are built or offered, and laptops fetch pages. */
  snapshots?: false | SnapshotOptions | undefined;
}

export interface RunningServer {
  /** Without a slash at the end. */
  url: string;
  /** Of the first organisation, for code in the same process that changes entities, through `commitChanges`. */
  store: ServerStore;
  /** Takes no more requests, finishes those at work, closes the database. Within a bound, and as often as one likes. */
  close: () => Promise<void>;
}

export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const { dataDir, database, port, host = '127.0.0.1', name, now = Date.now } = options;
  const logger = options.logger ?? pino({ level: 'silent' });
  const tenants = await TenantHost.open({
    dataDir,
    database,
    name,
    logger,
    now,
    snapshots: options.snapshots,
  });
  const app = createHttpServer({ tenants, logger, now });
  try {
    await listen(app, host, port);
  } catch (error) {
    await app.close();
    await tenants.close();
    throw error;
  }
  const bound = app.server.address() as AddressInfo;
  let closing: Promise<void> | null = null;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    store: tenants.first.store,
    close: () => (closing ??= closeAll(app, tenants)),
  };
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
