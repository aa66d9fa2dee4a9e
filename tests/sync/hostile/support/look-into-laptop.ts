import { join } from 'node:path';
import { readState } from '../../../../shared/replica/replica-state.ts';
import { openReadable, type ReadableDatabase } from '../../../../main/store/sqlite.ts';
import { WorkStore } from '../../../../main/store/work-store.ts';
import { ENTITIES } from '../../../../shared/entities/registry.ts';

export type Rows = Record<string, unknown[]>;

/** Every row of every entity, in the order of ids, as a laptop's replicas have them. */
export function laptopRows(folder: string): Rows {
  const rows: Rows = Object.fromEntries(ENTITIES.map(({ name }) => [name, []]));
  for (const { scope, file } of currentReplicas(folder)) {
    const kind = scope === 'catalogue' ? 'catalogue' : 'site';
    reading(file, (db) => {
      for (const { name } of ENTITIES.filter((entity) => entity.scope === kind)) {
        rows[name]?.push(...rowsOf(db, name));
      }
    });
  }
  return rows;
}

/** Where every scope stands, with its digest. */
export function replicaScopes(folder: string): unknown[] {
  return currentReplicas(folder)
    .toSorted((a, b) => a.scope.localeCompare(b.scope))
    .map(({ file }) =>
      reading(file, (db) => {
        const state = readState(db);
        const { count, sum } = state?.digest ?? {};
        return { scope: state?.scope, epoch: state?.epoch, version: state?.version, count, sum };
      }),
    );
}

export interface LaptopOperation {
  operationId: string;
  state: string;
  /** Ids of the movements that it records. */
  createdMovements: string[];
}

export function operationsOf(folder: string): LaptopOperation[] {
  return reading(WorkStore.fileIn(folder), (db) => {
    const lines = db
      .prepare(
        `SELECT o.operation_id AS operationId, o.state, c.entity, c.row_id AS rowId
         FROM operation o JOIN operation_change c USING (position) ORDER BY position, sequence`,
      )
      .all() as { operationId: string; state: string; entity: string; rowId: string }[];
    return [...Map.groupBy(lines, (line) => line.operationId)].map(([operationId, own]) => ({
      operationId,
      state: own[0]?.state ?? '',
      createdMovements: own
        .filter((each) => each.entity === 'stock_movement')
        .map((each) => each.rowId),
    }));
  });
}

function currentReplicas(folder: string): { scope: string; file: string }[] {
  return reading(WorkStore.fileIn(folder), (db) => {
    const files = db
      .prepare("SELECT scope, file FROM replica_file WHERE role = 'current'")
      .all() as { scope: string; file: string }[];
    return files.map(({ scope, file }) => ({ scope, file: join(folder, 'replica', file) }));
  });
}

function rowsOf(db: ReadableDatabase, entity: (typeof ENTITIES)[number]['name']): unknown[] {
  const { columns } = ENTITIES.find(({ name }) => name === entity) ?? { columns: [] };
  const names = columns.map((column) => column.name).join(', ');
  return db.prepare(`SELECT ${names}, row_version FROM ${entity} ORDER BY id`).all();
}

function reading<T>(file: string, look: (db: ReadableDatabase) => T): T {
  const db = openReadable(file);
  try {
    return look(db);
  } finally {
    db.close();
  }
}
