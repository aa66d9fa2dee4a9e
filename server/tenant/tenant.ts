import type { Logger } from 'pino';
import { PhotoKeeper } from '../photos/photo-keeper.ts';
import { PhotoShelf } from '../photos/photo-shelf.ts';
import { PieceReceiver } from '../photos/receive-piece.ts';
import { runBuilder } from '../snapshot/run-builder.ts';
import { SnapshotKeeper } from '../snapshot/snapshot-keeper.ts';
import { SnapshotShelf } from '../snapshot/snapshot-shelf.ts';
import type { OrganisationCode } from '../../shared/sync/organisation.ts';
import { openStore, type ServerStore } from '../store/open-store.ts';

export interface SnapshotOptions {
  /** Scopes with fewer rows have none. */
  rowsMin?: number | undefined;
}

export interface OpenTenantOptions {
  /** Of this organisation alone. */
  dataDir: string;
  /** Null for the first organisation, which is served at the root. */
  code: OrganisationCode | null;
  name?: string | undefined;
  logger: Logger;
  now: () => number;
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
  /** Null for a server that makes none. */
  snapshots: { keeper: SnapshotKeeper; shelf: SnapshotShelf } | null;
  photos: { shelf: PhotoShelf; receiver: PieceReceiver };
  close: () => Promise<void>;
}

export async function openTenant(options: OpenTenantOptions): Promise<Tenant> {
  const { dataDir, code, name, logger, now } = options;
  const store = await openStore({ dataDir, name, now });
  const snapshots = options.snapshots === false ? null : keepSnapshots(options, store);
  const shelf = new PhotoShelf(dataDir);
  const photoKeeper = new PhotoKeeper({ store, shelf, logger, now, setTimer });
  snapshots?.keeper.start();
  photoKeeper.start();
  return {
    code,
    store,
    snapshots,
    photos: { shelf, receiver: new PieceReceiver(shelf) },
    close: async () => {
      await Promise.all([snapshots?.keeper.close(), photoKeeper.close()]);
      await store.close();
    },
  };
}

function keepSnapshots(
  { dataDir, snapshots, logger, now }: OpenTenantOptions,
  store: ServerStore,
): { keeper: SnapshotKeeper; shelf: SnapshotShelf } {
  const shelf = new SnapshotShelf(dataDir);
  const keeper = new SnapshotKeeper({
    store,
    shelf,
    logger,
    now,
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
