import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import type { SnapshotManifest } from '../../shared/sync/snapshot.ts';
import { checkReplicaAge } from '../store/outdated-replica.ts';
import { Replica } from '../store/replica.ts';
import type { ReplicaRole, WorkStore } from '../store/work-store.ts';

/** A snapshot whose chunks are not all here yet. */
const PART_SUFFIX = '.part';
/** Of a snapshot's hash in its file's name: enough to tell it from the one before. */
const HASH_CHARACTERS = 12;

/** What readers open. */
export interface ReplicaView {
  scope: Scope;
  file: string;
}

/**
 * The replica files of a data folder: which of them are open for writing, which are being filled beside them, and which
 * nobody needs any more. Which file is which is written in `work.db`; a file that is not named there is a leftover.
 */
export class ReplicaSet {
  readonly #folder: string;
  readonly #work: WorkStore;
  readonly #onViewChanged: (views: readonly ReplicaView[]) => void;
  readonly #open = new Map<string, Replica>();
  readonly #damaged = new Set<Scope>();
  /** Names of files that are being removed with what belongs to them: no new file may take one. */
  readonly #leaving = new Set<string>();
  #removed: Promise<unknown> = Promise.resolve();
  /** Current files of another version of the app that readers still use, with the number of their rows. */
  readonly #outdated = new Map<Scope, number>();

  constructor(
    dataFolder: string,
    work: WorkStore,
    onViewChanged: (views: readonly ReplicaView[]) => void,
  ) {
    this.#folder = join(dataFolder, 'replica');
    this.#work = work;
    this.#onViewChanged = onViewChanged;
    mkdirSync(this.#folder, { recursive: true });
    this.#checkAges();
    this.#removeInTime();
  }

  /** The replica in a role, opened once; null if there is none, or if it is damaged: it is then forgotten and fetched anew. */
  get(scope: Scope, role: ReplicaRole): Replica | null {
    const key = `${role} ${scope}`;
    const open = this.#open.get(key);
    if (open) return open;
    const file = this.#work.replicaFile(scope, role);
    if (
      file === null ||
      file.endsWith(PART_SUFFIX) ||
      (role === 'current' && this.#outdated.has(scope))
    )
      return null;
    try {
      const replica = Replica.open(join(this.#folder, file), scope);
      this.#open.set(key, replica);
      return replica;
    } catch (error) {
      if (!(error instanceof TallymanError) || error.code !== 'STORE_DAMAGED') throw error;
      this.discard(scope, role);
      return null;
    }
  }

  /** In the current file, also in one of another version of the app. */
  rowsHeld(scope: Scope): number {
    return this.#outdated.get(scope) ?? this.get(scope, 'current')?.state.digest.count ?? 0;
  }

  /** Makes the file that a first sync or a resync fills while readers stay with the current one. */
  startBuilding(scope: Scope, serverId: string, epoch: string): Replica {
    this.discard(scope, 'building');
    const name = this.#freeName(scope, epoch);
    const replica = Replica.create(join(this.#folder, name), { scope, serverId, epoch });
    this.#work.setBuilding(scope, name);
    this.#open.set(`building ${scope}`, replica);
    return replica;
  }

  /** Where the chunks of a snapshot are gathered: the file of an earlier try if it was the same snapshot. */
  startDownload(scope: Scope, { hash, epoch }: Pick<SnapshotManifest, 'hash' | 'epoch'>): string {
    const ending = `-${hash.slice(0, HASH_CHARACTERS)}.db`;
    const held = this.#work.replicaFile(scope, 'building');
    if (held?.endsWith(ending + PART_SUFFIX)) return join(this.#folder, held);
    this.discard(scope, 'building');
    // The current file may have come as the same snapshot, and the name of the finished file must not be its.
    const name = this.#freeName(scope, epoch, ending) + PART_SUFFIX;
    this.#work.setBuilding(scope, name);
    return join(this.#folder, name);
  }

  /** All chunks are in. Throws STORE_DAMAGED if they are no replica that this app can open. */
  finishDownload(scope: Scope): Replica {
    const part = must(this.#work.replicaFile(scope, 'building'), 'a snapshot being downloaded');
    const name = part.slice(0, -PART_SUFFIX.length);
    const file = join(this.#folder, name);
    // Nobody has it open, so Windows allows it. Killed before the next line, the snapshot is downloaded again.
    renameSync(join(this.#folder, part), file);
    this.#work.setBuilding(scope, name);
    const replica = Replica.open(file, scope);
    this.#open.set(`building ${scope}`, replica);
    return replica;
  }

  /** The filled file takes the current one's place. The old file goes once nobody reads it. */
  promote(scope: Scope): void {
    const building = must(this.#open.get(`building ${scope}`), 'a replica being built');
    this.#close(scope, 'current');
    this.#work.promote(scope);
    this.#open.delete(`building ${scope}`);
    this.#open.set(`current ${scope}`, building);
    this.#damaged.delete(scope);
    this.#outdated.delete(scope);
    this.#onViewChanged(this.views());
  }

  /** SQLite met damage in the current file. Readers keep what can be read until a new file takes its place. */
  markDamaged(scope: Scope): void {
    this.#damaged.add(scope);
  }

  isDamaged(scope: Scope): boolean {
    return this.#damaged.has(scope);
  }

  discard(scope: Scope, role: ReplicaRole): void {
    this.#close(scope, role);
    this.#work.forgetReplica(scope, role);
    if (role !== 'current') {
      // Nobody reads it, and the disk may be short of its space.
      this.#removeInTime();
      return;
    }
    this.#outdated.delete(scope);
    this.#onViewChanged(this.views());
  }

  views(): ReplicaView[] {
    return currentViews(this.#folder, this.#work);
  }

  /** Deletes files that `work.db` does not name. One that a reader still holds stays for the next time. */
  removeLeftovers(): Promise<void> {
    const removed = this.#remove();
    this.#removed = Promise.allSettled([this.#removed, removed]);
    return removed;
  }

  /** Resolves when nothing is being removed any more. */
  async removed(): Promise<void> {
    await this.#removed;
  }

  async #remove(): Promise<void> {
    const named = new Set(this.#work.replicaFiles().map(({ file }) => file));
    const leftovers = readdirSync(this.#folder)
      .map((name) => ({ name, main: name.replace(/-(wal|shm)$/, '') }))
      .filter(({ main }) => !named.has(main));
    // All of them before the first wait: a file that took such a name meanwhile would lose its log to what follows.
    for (const { main } of leftovers) this.#leaving.add(main);
    for (const { name } of leftovers) {
      try {
        // Not by this thread: a large file takes a tenth of a second.
        await rm(join(this.#folder, name), { force: true });
      } catch (error) {
        // Windows refuses to delete an open file.
        if (
          (error as NodeJS.ErrnoException).code !== 'EBUSY' &&
          (error as NodeJS.ErrnoException).code !== 'EPERM'
        )
          throw error;
      }
    }
  }

  /** What cannot be removed now is tried again at the next start. */
  #removeInTime(): void {
    this.removeLeftovers().catch(() => undefined);
  }

  close(): void {
    for (const replica of this.#open.values()) replica.close();
    this.#open.clear();
  }

  /** After an update of the app: the files are fetched anew, and those that readers cannot use until then are let go. */
  #checkAges(): void {
    for (const { scope, role, file } of this.#work.replicaFiles()) {
      const path = join(this.#folder, file);
      if (role !== 'current' || !existsSync(path)) continue;
      try {
        const age = checkReplicaAge(path, scope);
        if (age.kind === 'readable') this.#outdated.set(scope, age.rows);
        if (age.kind === 'unreadable') this.#work.forgetReplica(scope, role);
      } catch {
        // What is wrong with a file shows, with its code, when it is opened.
      }
    }
  }

  #close(scope: Scope, role: ReplicaRole): void {
    const key = `${role} ${scope}`;
    this.#open.get(key)?.close();
    this.#open.delete(key);
  }

  /** A scope's colon is not allowed in Windows file names. */
  #freeName(scope: Scope, epoch: string, ending = '.db'): string {
    for (let number = 1; ; number++) {
      const name = `${scope.replace(':', '_')}-${epoch.slice(0, 8)}-${number}${ending}`;
      const isLeaving = this.#leaving.has(name) || this.#leaving.has(name + PART_SUFFIX);
      if (!isLeaving && !existsSync(join(this.#folder, name))) return name;
    }
  }
}

/** Files that readers may open now, for a process that only looks, too. */
export function currentViews(replicaFolder: string, work: WorkStore): ReplicaView[] {
  return work
    .replicaFiles()
    .filter(({ role }) => role === 'current')
    .map(({ scope, file }) => ({ scope, file: join(replicaFolder, file) }))
    .filter(({ file }) => existsSync(file));
}
