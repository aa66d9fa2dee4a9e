import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { TallymanError } from '../../shared/errors.ts';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import type { ReplicaState } from '../../shared/replica/replica-state.ts';
import { type Scope, scopeKindOf } from '../../shared/sync/scope.ts';
import type { SnapshotManifest } from '../../shared/sync/snapshot.ts';
import { createSqliteFile } from '../store/create-sqlite-file.ts';
import { openSnapshotSource, type SnapshotSource } from '../store/open-store.ts';
import { readScopeState } from '../sync/scope-state.ts';
import { whileBuilding } from './building-lock.ts';
import { fillReplica } from './fill-replica.ts';
import { packFile } from './pack-file.ts';
import { openShelf, type ShelfLocation } from './open-shelf.ts';
import type { SnapshotShelf } from './snapshot-shelf.ts';

/** Of a finished replica, search index included. A million real products have 404 bytes for each of two million rows. */
const PLAIN_BYTES_PER_ROW = 450;
/** The file itself, what indexes are sorted in, and the compressed file. */
const DISK_FACTOR = 3;

export interface BuildOptions extends ShelfLocation {
  scope: Scope;
  now: () => number;
  signal: AbortSignal;
  /** One that is on the shelf already, since another process was quicker, is not built again. */
  unlessThere?: boolean | undefined;
  /** Of the disk that a folder is on. */
  bytesFree?: ((folder: string) => Promise<number>) | undefined;
}

export interface BuiltSnapshot {
  manifest: SnapshotManifest;
  seconds: { fill: number; pack: number };
}

/**
 * Builds a snapshot of a scope and puts it on the shelf. Null if another process is building one, or has. Whatever stops it, the
 * shelf is as it was; what is left of a killed build is removed by the next.
 */
export async function buildSnapshot(options: BuildOptions): Promise<BuiltSnapshot | null> {
  const shelf = openShelf(options, options.now);
  return whileBuilding(shelf, async () => {
    const source = await openSnapshotSource(options);
    try {
      if (options.unlessThere === true && (await isThere(options.scope, { source, shelf }))) {
        return null;
      }
      await assertRoom(source, shelf, options);
      const work = await mkdtemp(join(shelf.folder, 'building-'));
      try {
        return await buildIn(work, { ...options, source, shelf });
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    } finally {
      await source.close();
    }
  });
}

/** Exactly what would be built now. */
async function isThere(
  scope: Scope,
  { source, shelf }: { source: SnapshotSource; shelf: SnapshotShelf },
): Promise<boolean> {
  const { fingerprint } = replicaSchema(scopeKindOf(scope));
  const state = await readScopeState(source.reader, scope);
  return (await shelf.list()).some(
    (manifest) =>
      manifest.scope === scope &&
      manifest.fingerprint === fingerprint &&
      manifest.epoch === state?.epoch &&
      manifest.version === state.version,
  );
}

async function buildIn(
  work: string,
  {
    source,
    shelf,
    scope,
    now,
    signal,
  }: BuildOptions & { source: SnapshotSource; shelf: SnapshotShelf },
): Promise<BuiltSnapshot> {
  const startedAt = performance.now();
  const plain = join(work, 'replica.db');
  const state = await fillFile(plain, { source, scope, signal });
  const filledAt = performance.now();
  const packed = join(work, 'replica.zst');
  const file = await packFile(plain, packed, signal);
  const { epoch, version, fingerprint, digest } = state;
  const manifest = { scope, epoch, version, fingerprint, digest, ...file, builtAt: now() };
  await shelf.publish(packed, manifest);
  const seconds = {
    fill: (filledAt - startedAt) / 1_000,
    pack: (performance.now() - filledAt) / 1_000,
  };
  return { manifest, seconds };
}

async function fillFile(
  path: string,
  options: Parameters<typeof fillReplica>[1],
): Promise<ReplicaState> {
  const { db, close } = createSqliteFile(path);
  try {
    return await fillReplica(db, options);
  } finally {
    close();
  }
}

async function assertRoom(
  source: SnapshotSource,
  { folder }: SnapshotShelf,
  { scope, bytesFree = freeIn }: BuildOptions,
): Promise<void> {
  const rows = (await readScopeState(source.reader, scope))?.rowCount ?? 0;
  const needed = rows * PLAIN_BYTES_PER_ROW * DISK_FACTOR;
  const free = await bytesFree(folder);
  if (free >= needed) return;
  throw new TallymanError(
    'DISK_FULL',
    `There is no room for a snapshot of ${scope}: it needs ${needed} bytes and ${free} are free. Laptops fetch pages meanwhile.`,
    { details: { needed, free } },
  );
}

async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
