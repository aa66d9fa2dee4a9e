import { v7 as uuidv7 } from 'uuid';
import type { EntityDefinition } from '../../shared/entities/define-entity.ts';
import type { EntityName } from '../../shared/entities/registry.ts';
import { toStored } from '../../shared/entities/stored-row.ts';
import type { RecordReader } from '../../main/store/records/record-reader.ts';
import { RecordWriter } from '../../main/store/records/record-writer.ts';
import { createRepository, type Repository } from '../../main/store/records/repository.ts';
import { WorkStore } from '../../main/store/work-store.ts';
import { CurrentRecords } from '../../main/sync/current-records.ts';
import { foldLogOf, foldLogs } from '../../main/sync/fold-logs.ts';
import { finishReplicaFile } from '../../main/sync/finish-replica-file.ts';
import { offlineDataSync } from '../../main/sync/offline-data-sync.ts';
import { ReplicaSet } from '../../main/sync/replica-set.ts';
import { createTrpcSyncServer } from '../../main/sync/trpc-sync-server.ts';

type NamedEntity = EntityDefinition & { name: EntityName };

/** A laptop on real files that works offline and syncs with a real server when a test says so. */
export class TrialLaptop {
  readonly #work: WorkStore;
  readonly #replicas: ReplicaSet;
  readonly #records: CurrentRecords;
  readonly #server: ReturnType<typeof createTrpcSyncServer>;
  readonly #writer: RecordWriter;
  readonly #reader = (): RecordReader => this.#records.reader();

  constructor(folder: string, serverUrl: string) {
    this.#work = WorkStore.open(folder, () => uuidv7());
    this.#replicas = new ReplicaSet(folder, this.#work, () => this.#records.close());
    this.#records = new CurrentRecords(this.#work, () => this.#replicas.views());
    this.#server = createTrpcSyncServer(serverUrl);
    this.#writer = new RecordWriter({
      outbox: this.#work.outbox,
      reader: this.#reader,
      now: Date.now,
      newId: () => uuidv7(),
    });
  }

  /** The entity's actions, which work with no server. */
  repository<TEntity extends NamedEntity>(entity: TEntity): Repository<TEntity> {
    return createRepository(entity, { reader: this.#reader, writer: this.#writer });
  }

  /** Several new rows as one operation. */
  createTogether(
    rows: readonly (readonly [NamedEntity, Readonly<Record<string, unknown>>])[],
  ): void {
    this.#writer.write(
      rows.map(([{ name }, row]) => ({
        kind: 'create',
        entity: name,
        id: String(row['id']),
        row: toStored(row),
      })),
    );
  }

  /** Operations that the server has not answered yet. */
  waiting(): number {
    return this.#work.outbox.waiting();
  }

  openConflicts(): number {
    return this.#work.outbox.openConflicts();
  }

  async sync(): Promise<void> {
    await offlineDataSync(
      {
        work: this.#work,
        replicas: this.#replicas,
        server: this.#server,
        signal: new AbortController().signal,
        now: Date.now,
        siteCodes: null,
        verified: new Map(),
        awaited: new Set(),
        newId: () => uuidv7(),
        finishReplica: finishReplicaFile,
        foldLog: foldLogs(async (file) => foldLogOf(file)),
        freeBytes: () => Number.POSITIVE_INFINITY,
        rowOf: (entity, id) => this.#records.reader().get(entity, id)?.row ?? null,
        accepted: false,
        report: SILENT,
      },
      'full',
    );
  }

  async close(): Promise<void> {
    await this.#server.close();
    this.#records.close();
    this.#replicas.close();
    this.#work.close();
  }
}

const SILENT = {
  phase: () => undefined,
  rowsExpected: () => undefined,
  rowsReceived: () => undefined,
  rowsDeleted: () => undefined,
  operationsSent: () => undefined,
  conflictsFound: () => undefined,
  dataChanged: () => undefined,
};
