import type { StoreLocation } from '../store/engine/open-engine.ts';
import { Bucket } from './bucket.ts';
import { BucketShelf } from './bucket-shelf.ts';
import { SnapshotShelf } from './snapshot-shelf.ts';

export interface ShelfLocation extends StoreLocation {
  /** `s3://bucket/prefix` of this store alone; without it the snapshots are in the data folder. */
  snapshotStore?: string | undefined;
}

export function openShelf(location: ShelfLocation, now: () => number): SnapshotShelf {
  const { snapshotStore } = location;
  if (snapshotStore === undefined) return new SnapshotShelf(location.dataDir, location);
  return new BucketShelf(location, { bucket: new Bucket(snapshotStore, process.env), now });
}

/** Within a bucket that several organisations share, each has a prefix of its own, which no other store can have. */
export function ownSnapshotStore(shared: string | undefined, serverId: string): string | undefined {
  return shared === undefined ? undefined : `${shared.replace(/\/$/, '')}/${serverId}`;
}
