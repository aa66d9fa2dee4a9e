import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { StoredRow, StoredValue } from '../../shared/entities/define-entity.ts';
import { entitiesOf } from '../../shared/entities/registry.ts';
import { type Scope, scopeKindOf } from '../../shared/sync/scope.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import { openReadable } from '../../main/store/sqlite.ts';
import { WorkStore } from '../../main/store/work-store.ts';
import { foldLogOf, foldLogs } from '../../main/sync/fold-logs.ts';
import { finishReplicaFile } from '../../main/sync/finish-replica-file.ts';
import { CurrentRecords } from '../../main/sync/current-records.ts';
import { LocalWork } from '../../main/sync/local-work.ts';
import { offlineDataSync } from '../../main/sync/offline-data-sync.ts';
import { ReplicaSet } from '../../main/sync/replica-set.ts';
import type { SyncServer } from '../../main/sync/sync-server.ts';

/** A laptop on real files whose runs a test starts, stops and looks into. */
export class SyncBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'tallyman-bench-'));
  readonly changed: string[][] = [];
  rowsReceived = 0;
  operationsSent = 0;
  conflictsFound = 0;
  siteCodes: readonly string[] | null = null;
  now = 1_000_000;
  /** On its disk. */
  freeBytes = Number.POSITIVE_INFINITY;
  work!: WorkStore;
  replicas!: ReplicaSet;
  records!: CurrentRecords;
  /** What the person at this laptop does. */
  person!: LocalWork;

  constructor(deviceId: string) {
    this.#deviceId = deviceId;
    this.open();
  }
  readonly #deviceId: string;

  open(): void {
    this.work = WorkStore.open(this.folder, () => this.#deviceId);
    this.records = new CurrentRecords(this.work, () => this.replicas.views());
    this.replicas = new ReplicaSet(this.folder, this.work, () => this.records.close());
    this.person = new LocalWork({
      work: this.work,
      reader: () => this.records.reader(),
      now: () => this.now,
      newId: () => uuidv7(),
      onChanged: (entities) => this.changed.push([...entities]),
    });
  }

  /** As after a kill: what was not committed is gone. */
  restart(): void {
    this.records.close();
    this.replicas.close();
    this.work.close();
    this.open();
  }

  async sync(
    server: SyncServer,
    options: { unit?: SyncUnit; signal?: AbortSignal; accepted?: boolean } = {},
  ): Promise<void> {
    this.rowsReceived = 0;
    this.operationsSent = 0;
    this.conflictsFound = 0;
    this.changed.length = 0;
    await offlineDataSync(
      {
        work: this.work,
        replicas: this.replicas,
        server,
        signal: options.signal ?? new AbortController().signal,
        now: () => this.now,
        siteCodes: this.siteCodes,
        verified: new Map(),
        awaited: new Set(),
        newId: () => uuidv7(),
        finishReplica: finishReplicaFile,
        foldLog: foldLogs(async (file) => foldLogOf(file)),
        freeBytes: () => this.freeBytes,
        rowOf: (entity, id) => this.see(entity, id),
        accepted: options.accepted ?? false,
        report: {
          phase: () => undefined,
          rowsExpected: () => undefined,
          rowsReceived: (rows) => {
            this.rowsReceived += rows;
          },
          rowsDeleted: () => undefined,
          operationsSent: (operations) => {
            this.operationsSent += operations;
          },
          conflictsFound: (conflicts) => {
            this.conflictsFound += conflicts;
          },
          dataChanged: (entities) => this.changed.push([...entities]),
        },
      },
      options.unit ?? 'full',
    );
  }

  /** What a reader sees, in the shape of `ModelSyncServer.rows`; null before the scope's first sync is whole. */
  rows(scope: Scope): Map<string, readonly StoredValue[]> | null {
    const view = this.replicas.views().find((one) => one.scope === scope);
    if (!view) return null;
    const db = openReadable(view.file);
    try {
      return new Map(
        entitiesOf(scopeKindOf(scope)).flatMap((entity) => {
          const columns = entity.columns.map(({ name }) => name).join(', ');
          const rows = db
            .prepare(`SELECT ${columns}, row_version FROM ${entity.name}`)
            .raw()
            .all() as StoredValue[][];
          return rows.map((row) => [`${entity.name} ${row[0]}`, row] as const);
        }),
      );
    } finally {
      db.close();
    }
  }

  /** A row as the person sees it. */
  see(entity: string, id: string): StoredRow | null {
    return this.records.reader().get(entity, id)?.row ?? null;
  }

  dispose(): void {
    this.records.close();
    this.replicas.close();
    this.work.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
