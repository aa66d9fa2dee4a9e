import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import type { LocalChange } from '../../../shared/sync/merge.ts';
import type { RowChange } from '../../../shared/sync/operation.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import { PreparedStatements } from '../prepared-statements.ts';
import type { Prepares, Statement } from '../sqlite.ts';

export interface StockChange {
  productId: string;
  locationId: string;
  lot: string;
  serial: string;
  /** The earliest that was named. */
  expiresOn: number | null;
  /** In the product's smallest unit. */
  change: number;
}

/** A change whose row it is, for lists. */
export interface ChangedRow {
  rowId: string;
  changes: LocalChange[];
}

/**
 * Operations that a replica does not show yet. An operation of an earlier device id was answered before the laptop got the
 * new one, so a replica that names the new one shows it. Refused operations change nothing on the server, and so nothing
 * here; one in conflict may have been applied in part.
 *
 * Ask only after the replica's rows and point were read: an operation that is taken, answered and pulled in between is then
 * seen twice by neither.
 */
export const NOT_CONTAINED = `o.state IN ('waiting', 'applied', 'conflict') AND NOT coalesce(
  CASE WHEN o.device_id = :deviceId THEN o.number <= :number
    ELSE o.state <> 'waiting' AND :deviceId = (SELECT device_id FROM device) END, 0)`;

// CROSS JOIN: left to itself SQLite walks all operations by state, however few rows are asked for.
const CHANGES = `SELECT c.row_id AS rowId, c.change, c.base
  FROM operation_change c CROSS JOIN operation o ON o.position = c.position`;
const OF_ROW = `${CHANGES} WHERE c.entity = :entity AND c.row_id = :rowId AND ${NOT_CONTAINED}
  ORDER BY c.position, c.sequence`;
const OF_ENTITY = `${CHANGES} WHERE c.entity = :entity AND c.scope = :scope AND ${NOT_CONTAINED}
  ORDER BY c.position, c.sequence`;
const OF_ROWS = `${CHANGES} WHERE c.entity = :entity AND c.row_id IN (SELECT value FROM json_each(:rowIds))
  AND c.scope = :scope AND ${NOT_CONTAINED} ORDER BY c.position, c.sequence`;
const STOCK = `SELECT s.product_id AS productId, s.location_id AS locationId, s.lot, s.serial,
    min(s.expires_on) AS expiresOn, sum(s.change) AS change
  FROM operation_stock s CROSS JOIN operation o ON o.position = s.position
  WHERE s.scope = :scope AND s.product_id IN (SELECT value FROM json_each(:productIds)) AND ${NOT_CONTAINED}
  GROUP BY s.product_id, s.location_id, s.lot, s.serial`;
const STOCK_PRODUCTS = `SELECT DISTINCT s.product_id FROM operation_stock s JOIN operation o ON o.position = s.position
  WHERE s.scope = :scope AND ${NOT_CONTAINED}`;

const SETTLED = `SELECT 1 FROM operation o JOIN operation_change c ON c.position = o.position
  WHERE o.state IN ('applied', 'conflict') AND c.scope = :scope AND ${NOT_CONTAINED} LIMIT 1`;

interface ChangeLine {
  rowId: string;
  change: string;
  base: string | null;
}

/** Reads the overlay from `work.db`, by whichever connection. */
export class Overlay {
  readonly #statements: PreparedStatements;

  constructor(db: Prepares) {
    this.#statements = new PreparedStatements(db);
  }

  /** Of one row, in their order. */
  changesOf(entity: string, rowId: string, contained: ContainedPoint): LocalChange[] {
    const lines = this.#prepared(OF_ROW).all({ entity, rowId, ...contained }) as ChangeLine[];
    return lines.map(localChange);
  }

  /** Of every changed row of an entity in a scope. */
  changedRows(entity: string, scope: Scope, contained: ContainedPoint): ChangedRow[] {
    return byRow(this.#prepared(OF_ENTITY).all({ entity, scope, ...contained }));
  }

  /** The same of some rows only. `rowIds` is a JSON array. */
  changedAmong(
    rows: { entity: string; scope: Scope; rowIds: string },
    contained: ContainedPoint,
  ): ChangedRow[] {
    return byRow(this.#prepared(OF_ROWS).all({ ...rows, ...contained }));
  }

  /** What pending movements change at a site, by product, location, lot and serial number. */
  stockChanges(
    scope: Scope,
    productIds: readonly string[],
    contained: ContainedPoint,
  ): StockChange[] {
    return this.#prepared(STOCK).all({
      scope,
      productIds: JSON.stringify(productIds),
      ...contained,
    }) as StockChange[];
  }

  /** Products with a pending movement at a site. */
  productsMoved(scope: Scope, contained: ContainedPoint): string[] {
    return this.#prepared(STOCK_PRODUCTS)
      .pluck()
      .all({ scope, ...contained }) as string[];
  }

  /** Whether answered operations of the scope are still laid over this replica. */
  hidesSettled({ scope, contained }: { scope: Scope; contained: ContainedPoint }): boolean {
    return this.#prepared(SETTLED).get({ scope, ...contained }) !== undefined;
  }

  #prepared(sql: string): Statement {
    return this.#statements.get(sql);
  }
}

function byRow(lines: readonly unknown[]): ChangedRow[] {
  return [...Map.groupBy(lines as readonly ChangeLine[], (line) => line.rowId)].map(
    ([rowId, own]) => ({ rowId, changes: own.map(localChange) }),
  );
}

function localChange({ change, base }: ChangeLine): LocalChange {
  return {
    change: JSON.parse(change) as RowChange,
    base: base === null ? null : (JSON.parse(base) as StoredRow),
  };
}
