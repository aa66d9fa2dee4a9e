import { join } from 'node:path';
import type {
  SyncLogEntry,
  SyncLogInput,
  SyncLogNote,
  SyncReason,
  SyncRunResult,
} from '../../shared/desktop/sync-state.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import { openWorkDatabase } from './backup/open-work-database.ts';
import { DraftStore } from './drafts/draft-store.ts';
import { assertNewestSchema } from './migrate-work-store.ts';
import { Overlay } from './overlay/overlay.ts';
import { Outbox } from './outbox/outbox.ts';
import type { PersonHere } from './person-here.ts';
import { PhotoUploads } from './photos/photo-uploads.ts';
import { PreparedStatements } from './prepared-statements.ts';
import { openReadable, type Statement, type WritableDatabase } from './sqlite.ts';
import { SyncLog } from './sync-log.ts';
import { withoutFlush } from './without-flush.ts';

export type ReplicaRole = 'current' | 'building';

export interface ReplicaFileEntry {
  scope: Scope;
  role: ReplicaRole;
  /** A name in the replica folder. */
  file: string;
  /**
   * When the digest was last seen equal to the server's. Not in the replica: a sync that found nothing new must not touch
   * that file, or readers forget what they have worked out from it.
   */
  verifiedAt: number | null;
}

export interface FollowedScope {
  scope: Scope;
  siteCode: string | null;
  name: string | null;
}

export interface SyncJob {
  jobId: string;
  unit: SyncUnit;
  reason: SyncReason;
  attempts: number;
  /** UTC epoch milliseconds before which it is not tried again. */
  notBefore: number;
}

/**
 * `work.db`: what must never be lost. Each method is one transaction, which is on the disk when it returns; those that file
 * jobs, runs and notes of the log outlive a kill at once, and a loss of power as soon as anything else was written. What
 * they lose then, the sync at the next start does again.
 * Opened read-only by the headless commands that only look.
 */
export class WorkStore {
  readonly #db: WritableDatabase;
  /** What people did on this laptop. */
  readonly outbox: Outbox;
  /** What of it the replicas do not show yet. */
  readonly overlay: Overlay;
  /** What people have not saved yet. */
  readonly drafts: DraftStore;
  readonly person: PersonHere = { id: null };
  /** Photos whose bytes are nowhere but here. */
  readonly photos: PhotoUploads;
  readonly #statements: PreparedStatements;
  readonly #log: SyncLog;

  private constructor(db: WritableDatabase) {
    this.#db = db;
    this.#statements = new PreparedStatements(db);
    this.#log = new SyncLog((sql) => this.#prepared(sql));
    this.outbox = new Outbox(db, this.person);
    this.overlay = new Overlay(db);
    this.drafts = new DraftStore(db, this.person);
    this.photos = new PhotoUploads(db);
  }

  /** Statements are few and asked for often: the status alone needs four, several times in a run. */
  #prepared(sql: string): Statement {
    return this.#statements.get(sql);
  }

  static fileIn(dataFolder: string): string {
    return join(dataFolder, 'work.db');
  }

  /**
   * Opens or makes it, or brings it back from its newest backup if it is damaged. `newId` is asked for the device's id when
   * the store is new; `now` dates backups and what is set aside.
   */
  static open(dataFolder: string, newId: () => string, now: () => number = Date.now): WorkStore {
    const { db, restored } = openWorkDatabase(WorkStore.fileIn(dataFolder), { now });
    try {
      db.prepare('INSERT INTO device (one, device_id) VALUES (1, ?) ON CONFLICT DO NOTHING').run(
        newId(),
      );
      const store = new WorkStore(db);
      if (restored) {
        const file = restored.backup ?? restored.setAside ?? '';
        store.addNote({ type: 'storeRestored', file }, now());
      }
      return store;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  static openForReading(dataFolder: string): WorkStore {
    // SQLite itself refuses writes on this handle, so the brand's promise holds where it matters.
    const db = openReadable(WorkStore.fileIn(dataFolder)) as WritableDatabase;
    try {
      assertNewestSchema(db);
      return new WorkStore(db);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }

  /** For the steps of the outbox that are apart from it. */
  get db(): WritableDatabase {
    return this.#db;
  }

  deviceId(): string {
    return this.#prepared('SELECT device_id FROM device').pluck().get() as string;
  }

  lastSuccessAt(): number | null {
    return this.#prepared('SELECT last_success_at FROM device').pluck().get() as number | null;
  }

  trustedServer(): string | null {
    return (
      (this.#prepared('SELECT server_id FROM trusted_server').pluck().get() as
        string | undefined) ?? null
    );
  }

  /** Null forgets it: the next server met is trusted, because a person said so. */
  trustServer(serverId: string | null): void {
    if (serverId === null) this.#prepared('DELETE FROM trusted_server').run();
    else {
      this.#prepared(
        'INSERT INTO trusted_server VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET server_id = excluded.server_id',
      ).run(serverId);
    }
  }

  /** A person said that the server is right; until a run has fetched everything anew. */
  refetchAsked(): boolean {
    return this.#prepared('SELECT refetch FROM device').pluck().get() === 1;
  }

  askRefetch(asked: boolean): void {
    this.#prepared('UPDATE device SET refetch = ?').run(asked ? 1 : 0);
  }

  followedScopes(): FollowedScope[] {
    return this.#prepared(
      'SELECT scope, site_code AS siteCode, name FROM followed_scope ORDER BY site_code IS NOT NULL, site_code',
    ).all() as FollowedScope[];
  }

  follow(scopes: readonly FollowedScope[]): void {
    // A commit that changes nothing still waits for the disk.
    if (JSON.stringify(scopes) === JSON.stringify(this.followedScopes())) return;
    this.#db.transaction(() => {
      this.#prepared('DELETE FROM followed_scope').run();
      const insert = this.#prepared('INSERT INTO followed_scope VALUES (?, ?, ?)');
      for (const { scope, siteCode, name } of scopes) insert.run(scope, siteCode, name);
    })();
  }

  replicaFiles(): ReplicaFileEntry[] {
    return this.#prepared(
      'SELECT scope, role, file, verified_at AS verifiedAt FROM replica_file',
    ).all() as ReplicaFileEntry[];
  }

  replicaFile(scope: Scope, role: ReplicaRole): string | null {
    const file = this.#prepared('SELECT file FROM replica_file WHERE scope = ? AND role = ?')
      .pluck()
      .get(scope, role) as string | undefined;
    return file ?? null;
  }

  setBuilding(scope: Scope, file: string): void {
    this.#prepared(
      "INSERT INTO replica_file (scope, role, file) VALUES (?, 'building', ?) ON CONFLICT (scope, role) DO UPDATE SET file = excluded.file",
    ).run(scope, file);
  }

  /** Makes the file that was being filled the one that is read. */
  promote(scope: Scope): void {
    this.#db.transaction(() => {
      this.#prepared("DELETE FROM replica_file WHERE scope = ? AND role = 'current'").run(scope);
      this.#prepared(
        "UPDATE replica_file SET role = 'current' WHERE scope = ? AND role = 'building'",
      ).run(scope);
    })();
  }

  forgetReplica(scope: Scope, role: ReplicaRole): void {
    this.#prepared('DELETE FROM replica_file WHERE scope = ? AND role = ?').run(scope, role);
  }

  jobs(): SyncJob[] {
    return this.#prepared(
      'SELECT job_id AS jobId, unit, reason, attempts, not_before AS notBefore FROM sync_job ORDER BY position',
    ).all() as SyncJob[];
  }

  addJob(job: SyncJob): void {
    this.#book(() =>
      this.#prepared(
        'INSERT INTO sync_job (job_id, unit, reason, attempts, not_before) VALUES (?, ?, ?, ?, ?)',
      ).run(job.jobId, job.unit, job.reason, job.attempts, job.notBefore),
    );
  }

  updateJob(job: SyncJob): void {
    this.#book(() =>
      this.#prepared(
        'UPDATE sync_job SET reason = ?, attempts = ?, not_before = ? WHERE job_id = ?',
      ).run(job.reason, job.attempts, job.notBefore, job.jobId),
    );
  }

  removeJob(jobId: string): void {
    this.#book(() => this.#deleteJob(jobId));
  }

  /**
   * Files a finished run in the log, and keeps which current replicas were seen equal to the server's. A complete run's
   * job goes in the same commit.
   */
  settleRun(result: SyncRunResult, verified: ReadonlyMap<Scope, number>): void {
    this.#book(() => {
      const verify = this.#prepared(
        "UPDATE replica_file SET verified_at = ? WHERE scope = ? AND role = 'current'",
      );
      for (const [scope, at] of verified) verify.run(at, scope);
      this.#log.addRun(result);
      if (result.outcome === 'complete') {
        // The age of the data: photos bring none.
        if (result.unit !== 'photos') {
          this.#prepared('UPDATE device SET last_success_at = ?').run(result.finishedAt);
        }
        this.#deleteJob(result.jobId);
      }
    });
  }

  /** Newest first. */
  log(input: SyncLogInput): SyncLogEntry[] {
    return this.#log.list(input);
  }

  /** The newest run, whatever came of it. */
  lastRun(): SyncRunResult | null {
    return this.#log.lastRun();
  }

  addNote(note: SyncLogNote, at: number): void {
    this.#book(() => this.#log.addNote(note, at));
  }

  /** One transaction that no person waits for or would miss. */
  #book(write: () => void): void {
    withoutFlush(this.#db, this.#db.transaction(write));
  }

  #deleteJob(jobId: string): void {
    this.#prepared('DELETE FROM sync_job WHERE job_id = ?').run(jobId);
  }
}
