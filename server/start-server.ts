import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { TallymanError } from '../shared/errors.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { PhotoKeeper } from './photos/photo-keeper.ts';
import { PhotoShelf } from './photos/photo-shelf.ts';
import { runBuilder } from './snapshot/run-builder.ts';
import { type KeeperPorts, SnapshotKeeper } from './snapshot/snapshot-keeper.ts';
import { SnapshotShelf } from './snapshot/snapshot-shelf.ts';
import { openStore, type ServerStore } from './store/open-store.ts';

/** Requests at work when the server is told to stop are given this long. */
const SHUTDOWN_TIMEOUT_MS = 8_000;

export interface StartServerOptions {
  dataDir: string;
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

export interface SnapshotOptions {
  /** Scopes with fewer rows have none. */
  rowsMin?: number | undefined;
}

export interface RunningServer {
  /** Without a slash at the end. */
  url: string;
  /** For code in the same process that changes entities, through `commitChanges`. */
  store: ServerStore;
  /** Takes no more requests, finishes those at work, closes the database. Within a bound, and as often as one likes. */
  close: () => Promise<void>;
}

export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const { dataDir, port, host = '127.0.0.1', name, now = Date.now } = options;
  const logger = options.logger ?? pino({ level: 'silent' });
  const store = await openStore({ dataDir, name, now });
  const snapshots =
    options.snapshots === false ? null : keepSnapshots({ ...options, store, logger, now });
  const photos = new PhotoShelf(dataDir);
  const photoKeeper = new PhotoKeeper({ store, shelf: photos, logger, now, setTimer });
  const app = createHttpServer({ store, snapshots, photos, logger, now });
  try {
    await listen(app, host, port);
  } catch (error) {
    await app.close();
    store.close();
    throw error;
  }
  snapshots?.keeper.start();
  photoKeeper.start();
  const bound = app.server.address() as AddressInfo;
  let closing: Promise<void> | null = null;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    store,
    close: () =>
      (closing ??= closeAll(app, store, [...(snapshots ? [snapshots.keeper] : []), photoKeeper])),
  };
}

function keepSnapshots({
  dataDir,
  snapshots,
  ...ports
}: StartServerOptions & Pick<KeeperPorts, 'store' | 'logger' | 'now'>): {
  keeper: SnapshotKeeper;
  shelf: SnapshotShelf;
} {
  const shelf = new SnapshotShelf(dataDir);
  const keeper = new SnapshotKeeper({
    ...ports,
    shelf,
    setTimer,
    build: (scope, signal) => runBuilder({ dataDir, scope, isBackground: true }, signal),
    rowsMin: snapshots === false ? undefined : snapshots?.rowsMin,
  });
  return { keeper, shelf };
}

function setTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  timer.unref();
  return () => clearTimeout(timer);
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

async function closeAll(
  app: FastifyInstance,
  store: ServerStore,
  keepers: readonly { close: () => Promise<void> }[],
): Promise<void> {
  const kept = Promise.all(keepers.map((keeper) => keeper.close()));
  const waiting = new AbortController();
  const closed = app.close();
  const late = sleep(SHUTDOWN_TIMEOUT_MS, 'late', { signal: waiting.signal }).catch(() => null);
  if ((await Promise.race([closed, late])) === 'late') app.server.closeAllConnections();
  waiting.abort();
  await closed;
  await kept;
  store.close();
}
