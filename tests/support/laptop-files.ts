import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type ReadFiles, ReplicaReader } from '../../main/store/catalogue/replica-reader.ts';
import type { NewChange } from '../../main/store/outbox/new-operation.ts';
import type { ContainedPoint } from '../../shared/replica/replica-state.ts';
import { replicaColumns } from '../../shared/replica/replica-schema.ts';
import type { WritableDatabase } from '../../main/store/sqlite.ts';
import { buildSearchIndex } from '../../shared/replica/search/build-search-index.ts';
import { WorkStore } from '../../main/store/work-store.ts';
import { sortKeyOf } from '../../shared/domain/fold-text.ts';
import type { EntityDefinition, StoredRow } from '../../shared/entities/define-entity.ts';
import { entityNamed } from '../../shared/entities/registry.ts';
import { CATALOGUE_SCOPE, siteScope } from '../../shared/sync/scope.ts';
import {
  createCatalogueReplica,
  createReplicaTables,
  fillCatalogue,
  type TestCatalogue,
  testId,
} from './replica-fixture.ts';
import { useTempFolders } from './temp-folder.ts';

/** The device id of a test's laptop, and the one that it had before. */
export const DEVICE = testId('row', 1);
export const EARLIER_DEVICE = testId('row', 2);

/** The files of a laptop with the writing ends in a test's hands. */
export interface LaptopFiles {
  catalogue: WritableDatabase;
  /** Of the sites 1, 2 … */
  sites: readonly WritableDatabase[];
  work: WorkStore;
  files: ReadFiles;
  openReader: () => ReplicaReader;
}

/** Everything is closed after the test. Call at the top of a test file. */
export function useLaptopFiles() {
  const tempFolder = useTempFolders();
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0).toReversed()) close();
  });

  return (content: TestCatalogue, siteCount: number): LaptopFiles => {
    const dataFolder = tempFolder();
    const replicas = [{ scope: CATALOGUE_SCOPE, file: join(dataFolder, 'catalogue.db') } as const];
    const catalogue = createCatalogueReplica(replicas[0]!.file);
    const numbers = Array.from({ length: siteCount }, (_, at) => at + 1);
    fillCatalogue(catalogue, {
      sites: numbers.map((number) => ({ number, code: `W${number}` })),
      ...content,
    });
    for (const _ of buildSearchIndex(catalogue));
    const siteFiles = numbers.map((number) => ({
      scope: siteScope(testId('site', number)),
      file: join(dataFolder, `site-${number}.db`),
    }));
    const sites = siteFiles.map(({ scope, file }) => createReplicaTables(file, scope));
    const work = WorkStore.open(dataFolder, () => DEVICE);
    for (const db of [catalogue, ...sites, work]) closing.push(() => db.close());
    const files = { replicas: [...replicas, ...siteFiles], dataFolder };
    const openReader = (): ReplicaReader => {
      const reader = ReplicaReader.open(files)!;
      closing.push(() => reader.close());
      return reader;
    };
    return { catalogue, sites, work, files, openReader };
  };
}

/** For the next run of a property: making files anew would wait for the disk far longer than the test. */
export function emptyLaptop({ sites, work }: LaptopFiles): void {
  for (const db of sites) {
    db.exec('DELETE FROM location; DELETE FROM stock_level; DELETE FROM stock_movement');
  }
  work.db.exec('DELETE FROM operation');
}

/** A row as a pull puts it. */
export function putRow(db: WritableDatabase, entityName: string, row: StoredRow): void {
  const entity: EntityDefinition = entityNamed(entityName);
  const blank = entity.columns.map(({ name, otherwise }) => [name, otherwise]);
  const stored: StoredRow = {
    ...(Object.fromEntries(blank) as StoredRow),
    ...row,
    sort_key: sortKeyOf(String(row[entity.sortBy ?? ''] ?? '')),
    row_version: 1,
    row_hash: 1,
  };
  const columns = replicaColumns(entity);
  db.prepare(`DELETE FROM ${entityName} WHERE id = ?`).run(row['id']);
  db.prepare(
    `INSERT INTO ${entityName} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  ).run(columns.map((column) => stored[column] ?? null));
}

export function setContained(db: WritableDatabase, { deviceId, number }: ContainedPoint): void {
  db.prepare('UPDATE replica SET contained_device = ?, contained_number = ?').run(deviceId, number);
}

/** Where an operation stands, as sending it would leave it. */
export interface OperationStand {
  state: 'waiting' | 'applied' | 'conflict' | 'rejected' | 'blocked' | 'parked' | 'discarded';
  deviceId: string | null;
  number: number | null;
}

/** Records an operation and leaves it where it is said to stand. Returns its id. */
export function addOperation(
  work: WorkStore,
  number: number,
  { changes, stand }: { changes: readonly NewChange[]; stand: OperationStand },
): string {
  const operationId = testId('operation', number);
  work.outbox.append({ operationId, at: number, changes });
  work.db
    .prepare('UPDATE operation SET state = ?, device_id = ?, number = ? WHERE operation_id = ?')
    .run(stand.state, stand.deviceId, stand.number, operationId);
  return operationId;
}

/** What a replica's point means for an operation, said in plain words and apart from the store. */
export function isShown(stand: OperationStand, contained: ContainedPoint): boolean {
  if (!['waiting', 'applied', 'conflict'].includes(stand.state)) return false;
  if (contained.deviceId === null) return true;
  if (stand.deviceId === contained.deviceId) return (stand.number ?? 0) > contained.number;
  // Answered under an earlier id, before the laptop got the one that the replica knows.
  return stand.state === 'waiting' || contained.deviceId !== DEVICE;
}
