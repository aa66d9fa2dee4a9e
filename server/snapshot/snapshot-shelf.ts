import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import send from '@fastify/send';
import type { Scope } from '../../shared/sync/scope.ts';
import { type SnapshotManifest, snapshotManifestField } from '../../shared/sync/snapshot.ts';
import type { StoreLocation } from '../store/engine/open-engine.ts';
import type { ScopeState } from '../sync/scope-state.ts';

/** Per scope: the newest, and the one before it for laptops that are downloading it. It bounds the disk. */
const SNAPSHOTS_PER_SCOPE_MAX = 2;
/** Downloads of a snapshot that has a successor are given this long. */
export const SUPERSEDED_GRACE_MS = 60 * 60 * 1_000;

const MANIFEST_NAME = /^([0-9a-f]{64})\.json$/;

/**
 * The folder with the snapshots, which several server processes may share. A snapshot is two files named by its hash. The
 * manifest comes last and goes first, so a snapshot is there as a whole or not at all.
 */
export class SnapshotShelf {
  readonly folder: string;
  /** Where builders keep out of each other's way. */
  readonly locks: StoreLocation;
  /** By file name. Manifests never change, so each is read once. */
  #known: ReadonlyMap<string, SnapshotManifest> = new Map();

  /** `dataDir` may be shared by several servers; whoever builds is agreed upon in the database, if there is one. */
  constructor(dataDir: string, { database, schema }: Omit<StoreLocation, 'dataDir'> = {}) {
    this.folder = join(dataDir, 'snapshots');
    this.locks = { dataDir: this.folder, database, schema };
  }

  /** Newest first. */
  async list(): Promise<readonly SnapshotManifest[]> {
    const known = new Map<string, SnapshotManifest>();
    for (const name of await this.#names()) {
      if (!MANIFEST_NAME.test(name)) continue;
      const manifest = this.#known.get(name) ?? (await readManifest(join(this.folder, name)));
      if (manifest !== null) known.set(name, manifest);
    }
    this.#known = known;
    return newestFirst([...known.values()]);
  }

  packedFile(hash: string): string {
    return join(this.folder, `${hash}.zst`);
  }

  /** `packed` is complete and on the disk. */
  async publish(packed: string, manifest: SnapshotManifest): Promise<void> {
    await rename(packed, this.packedFile(manifest.hash));
    const manifestFile = this.#manifestFile(manifest.hash);
    const temporary = `${manifestFile}.new`;
    await using file = await open(temporary, 'w');
    await file.writeFile(JSON.stringify(manifest));
    await file.sync();
    await file.close();
    await rename(temporary, manifestFile);
    await syncFolder(this.folder);
  }

  /** What a request gets of the packed file: all of it, or the range that it names. */
  async open(request: IncomingMessage, hash: string): Promise<SnapshotAnswer> {
    const options = { root: this.folder, cacheControl: false, contentType: false };
    return send(request, `${hash}.zst`, options);
  }

  async remove(hash: string): Promise<void> {
    await rm(this.#manifestFile(hash), { force: true });
    await rm(this.packedFile(hash), { force: true });
  }

  /** Everything that no manifest names. Only for who holds the lock on building: what another builds looks the same. */
  async removeLeftovers(kept: string): Promise<void> {
    const manifests = await this.list();
    const named = new Set(manifests.flatMap(({ hash }) => [`${hash}.zst`, `${hash}.json`]));
    for (const name of await this.#names()) {
      if (named.has(name) || name === kept) continue;
      await rm(join(this.folder, name), { recursive: true, force: true });
    }
  }

  /** None before the first build has made the folder, or if somebody has removed it. */
  async #names(): Promise<string[]> {
    return readdir(this.folder).catch((error: unknown) => {
      if ((error as { code?: unknown }).code === 'ENOENT') return [];
      throw error;
    });
  }

  #manifestFile(hash: string): string {
    return join(this.folder, `${hash}.json`);
  }
}

type UsedState = Pick<ScopeState, 'epoch' | 'version' | 'floorVersion'>;

export interface SnapshotAnswer {
  statusCode: number;
  headers: Readonly<Record<string, string>>;
  stream: Readable;
}

export function newestFirst(manifests: readonly SnapshotManifest[]): SnapshotManifest[] {
  return manifests.toSorted((a, b) => b.version - a.version || b.builtAt - a.builtAt);
}

/**
 * A laptop can carry on from it: it is of the scope's present history, does not know more than the scope
 * does, and nothing that was deleted since has been forgotten.
 */
export function isUsable(manifest: SnapshotManifest, state: UsedState): boolean {
  const { epoch, version, floorVersion } = state;
  return (
    manifest.epoch === epoch && manifest.version <= version && manifest.version >= floorVersion
  );
}

/**
 * What has to go. `states` were read after the list: otherwise a snapshot that another process has just published could
 * seem to know more than its scope.
 */
export function outdated(
  manifests: readonly SnapshotManifest[],
  states: ReadonlyMap<Scope, UsedState>,
  now: number,
): SnapshotManifest[] {
  const inScope = new Map<Scope, SnapshotManifest[]>();
  const gone: SnapshotManifest[] = [];
  for (const manifest of manifests) {
    const state = states.get(manifest.scope);
    const newer = inScope.get(manifest.scope) ?? [];
    const successor = newer.at(-1);
    const isLate = successor !== undefined && successor.builtAt + SUPERSEDED_GRACE_MS < now;
    if (
      state === undefined ||
      !isUsable(manifest, state) ||
      newer.length >= SNAPSHOTS_PER_SCOPE_MAX ||
      isLate
    ) {
      gone.push(manifest);
    } else inScope.set(manifest.scope, [...newer, manifest]);
  }
  return gone;
}

/** Null if it is of another version of the server, damaged, or gone since the folder was listed. */
async function readManifest(path: string): Promise<SnapshotManifest | null> {
  try {
    return snapshotManifestField.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

/** So that the names are on the disk as well. Windows cannot open a folder, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
