import type { Logger } from 'pino';
import { readRightsChanges } from '../auth/rights-changes.ts';
import { createTenantAuth, type TenantAuth } from '../auth/tenant-auth.ts';
import { DailyCompaction } from '../operations/compact/daily-compaction.ts';
import { COMPACT_LOCK } from '../operations/compact/retention.ts';
import type { ServerMetrics } from '../operations/metrics/server-metrics.ts';
import { PhotoKeeper } from '../photos/photo-keeper.ts';
import { PhotoShelf } from '../photos/photo-shelf.ts';
import { PieceReceiver } from '../photos/receive-piece.ts';
import { runBuilder } from '../snapshot/run-builder.ts';
import { SnapshotKeeper } from '../snapshot/snapshot-keeper.ts';
import { openShelf, ownSnapshotStore } from '../snapshot/open-shelf.ts';
import type { SnapshotShelf } from '../snapshot/snapshot-shelf.ts';
import type { OrganisationCode } from '../../shared/sync/organisation.ts';
import type { StoreLocation } from '../store/engine/open-engine.ts';
import { openStore, type ServerStore } from '../store/open-store.ts';
import { holdServing } from '../store/serving-lock.ts';
import { takeNamedLock } from '../store/take-named-lock.ts';
import { PokeHub } from '../sync/poke/poke-hub.ts';
import { readNews } from '../sync/poke/poke-news.ts';

export interface SnapshotOptions {
  /** Scopes with fewer rows have none. */
  rowsMin?: number | undefined;
  /** `s3://bucket/prefix`, which several servers and organisations may share; without it the data folder. */
  store?: string | undefined;
}

/** Folder and schema are of this organisation alone. */
export interface OpenTenantOptions extends StoreLocation {
  /** Null for the first organisation, which is served at the root. */
  code: OrganisationCode | null;
  name?: string | undefined;
  logger: Logger;
  now: () => number;
  /** Counts what works by itself here. */
  metrics?: ServerMetrics | null | undefined;
  /** False: none are built or offered, and laptops fetch pages. */
  snapshots?: false | SnapshotOptions | undefined;
}

/**
 * One organisation with everything that is its own: store, files, and what works on them by itself. Nothing is shared
 * between two of them but the process, so there is no condition that a query could forget.
 */
export interface Tenant {
  code: OrganisationCode | null;
  store: ServerStore;
  auth: TenantAuth;
  /** Null for a server that makes none. */
  snapshots: { keeper: SnapshotKeeper; shelf: SnapshotShelf } | null;
  photos: { shelf: PhotoShelf; receiver: PieceReceiver };
  /** Laptops that wait for news. */
  pokes: PokeHub;
  close: () => Promise<void>;
}

export async function openTenant(options: OpenTenantOptions): Promise<Tenant> {
  const { dataDir, database, schema, code, name, logger, now } = options;
  const reportLoss = (error: Error): void => logger.warn({ err: error }, 'a connection was lost');
  const store = await openStore({ dataDir, database, schema, name, now, reportLoss });
  const serving = await heldOrClosed(options, store);
  const snapshots = options.snapshots === false ? null : keepSnapshots(options, store);
  const shelf = new PhotoShelf(dataDir);
  const photoKeeper = new PhotoKeeper({ store, shelf, logger, now, setTimer });
  const auth = createTenantAuth({ store, now });
  const pokes = new PokeHub({
    feed: store.pokes,
    readNews: (request) => readNews(store, request),
    readRightsChanges: () => readRightsChanges(store.reader),
    forgetActors: () => auth.actors.forget(),
    now,
    setTimer,
  });
  const takeLock = () => takeNamedLock({ dataDir, database, schema }, COMPACT_LOCK);
  const compaction = new DailyCompaction({ store, logger, now, setTimer, takeLock });
  compaction.start();
  snapshots?.keeper.start();
  photoKeeper.start();
  return {
    code,
    store,
    auth,
    snapshots,
    photos: { shelf, receiver: new PieceReceiver(shelf) },
    pokes,
    close: async () => {
      pokes.close();
      await Promise.all([snapshots?.keeper.close(), photoKeeper.close(), compaction.close()]);
      await store.close();
      serving?.release();
    },
  };
}

/** So that no backup is put in place beneath a server. A schema says by its connections that it is in use. */
async function heldOrClosed(
  { dataDir, database }: OpenTenantOptions,
  store: ServerStore,
): Promise<{ release: () => void } | null> {
  if (database !== undefined) return null;
  try {
    return holdServing(dataDir);
  } catch (error) {
    await store.close();
    throw error;
  }
}

function keepSnapshots(
  { dataDir, database, schema, snapshots, logger, now, metrics }: OpenTenantOptions,
  store: ServerStore,
): { keeper: SnapshotKeeper; shelf: SnapshotShelf } {
  const shared = snapshots === false ? undefined : snapshots?.store;
  const snapshotStore = ownSnapshotStore(shared, store.serverId);
  const place = { dataDir, database, schema, snapshotStore };
  const shelf = openShelf(place, now);
  const keeper = new SnapshotKeeper({
    store,
    shelf,
    logger,
    now,
    setTimer,
    build: (scope, signal) =>
      runBuilder({ ...place, scope, isBackground: true, unlessThere: true }, signal),
    observe: (outcome, seconds) => metrics?.snapshotBuilds.observe({ outcome }, seconds),
    rowsMin: snapshots === false ? undefined : snapshots?.rowsMin,
  });
  return { keeper, shelf };
}

function setTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
