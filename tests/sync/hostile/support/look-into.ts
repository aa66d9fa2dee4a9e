import { join } from 'node:path';
import { readState } from '../../../../shared/replica/replica-state.ts';
import { openReadable, type ReadableDatabase } from '../../../../main/store/sqlite.ts';
import { WorkStore } from '../../../../main/store/work-store.ts';
import { movementEffects } from '../../../../shared/domain/movement-effects.ts';
import { ENTITIES } from '../../../../shared/entities/registry.ts';
import type { StockMovement } from '../../../../shared/entities/stock-movement.ts';
import { LOCATIONS, OPENING, PRODUCTS } from './hostile-server.ts';

type Rows = Record<string, unknown[]>;

/** Every row of every entity, in the order of ids, as the server keeps them. */
export function serverRows(databaseFile: string): Rows {
  return reading(databaseFile, (db) =>
    Object.fromEntries(ENTITIES.map(({ name }) => [name, rowsOf(db, name)])),
  );
}

/** The same as a laptop's replicas have them. */
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
export function serverScopes(databaseFile: string): unknown[] {
  return reading(databaseFile, (db) =>
    db
      .prepare(
        'SELECT scope, epoch, version, row_count AS count, row_sum AS sum FROM sync_scope ORDER BY scope',
      )
      .all(),
  );
}

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

/** The server's levels, and what they have to be by its movements. By product and location, as `product/location`. */
export function levelsOf(databaseFile: string) {
  return reading(databaseFile, (db) => {
    const movements = db
      .prepare('SELECT * FROM stock_movement ORDER BY id')
      .all() as StockMovement[];
    const fromMovements: Record<string, number> = {};
    for (const { id } of PRODUCTS) fromMovements[`${id}/${LOCATIONS[0]?.id}`] = OPENING;
    for (const movement of movements) {
      for (const { locationId, change } of movementEffects(movement)) {
        const key = `${movement.product_id}/${locationId}`;
        fromMovements[key] = (fromMovements[key] ?? 0) + change;
      }
    }
    const stored = db
      .prepare('SELECT product_id AS product, location_id AS location, quantity FROM stock_level')
      .all() as { product: string; location: string; quantity: number }[];
    return {
      movementIds: movements.map(({ id }) => id),
      fromMovements,
      levels: Object.fromEntries(
        stored.map(({ product, location, quantity }) => [`${product}/${location}`, quantity]),
      ),
      productTotals: PRODUCTS.map(({ id }) =>
        stored
          .filter(({ product }) => product === id)
          .reduce((total, { quantity }) => total + quantity, 0),
      ),
    };
  });
}

/** How often each operation id has an applied answer on the server. */
export function answersOf(
  databaseFile: string,
): { operationId: string; outcome: { kind: string } }[] {
  return reading(databaseFile, (db) => {
    const rows = db
      .prepare(
        'SELECT operation_id AS operationId, outcome FROM sync_mutation ORDER BY answered_at',
      )
      .all() as { operationId: string; outcome: string }[];
    return rows.map(({ operationId, outcome }) => ({
      operationId,
      outcome: JSON.parse(outcome) as { kind: string },
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
