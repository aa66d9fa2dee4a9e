import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { entityNamed } from '../../../shared/entities/registry.ts';
import { type StockMovement, stockMovement } from '../../../shared/entities/stock-movement.ts';
import { movementEffects } from '../../../shared/domain/movement-effects.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { AFTER_MAX, OPERATION_BYTES_MAX, type RowChange } from '../../../shared/sync/operation.ts';
import { reencodeChange, upgraded } from '../../../shared/sync/reencode-change.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import type { PersonHere } from '../person-here.ts';
import { PreparedStatements } from '../prepared-statements.ts';
import { translated, type WritableDatabase } from '../sqlite.ts';
import type { KeptOperation, NewChange, NewOperation } from './new-operation.ts';

/** A month of hard work without a network is a tenth of this. */
const OPERATIONS_WAITING_MAX = 100_000;
/** Answered operations that are kept: as receipts, to be taken back, and to be sent again to a restored server. */
const SETTLED_MAX = 2_000;

interface OperationRow {
  position: number;
  operationId: string;
  deviceId: string | null;
  number: number | null;
  state: KeptOperation['state'];
  at: number;
  undoes: string | null;
  by: string | null;
}

const KEPT = `SELECT position, operation_id AS operationId, device_id AS deviceId, number, state, at, undoes,
    person_id AS "by"
  FROM operation`;

/**
 * The list of what people did, in order, in `work.db`. Each method is one durable transaction, or joins the one that is
 * open: an operation that was recorded is on the disk.
 */
export class Outbox {
  readonly #db: WritableDatabase;
  readonly #statements: PreparedStatements;
  readonly #person: PersonHere;

  constructor(db: WritableDatabase, person: PersonHere) {
    this.#db = db;
    this.#person = person;
    this.#statements = new PreparedStatements(db);
  }

  /** Several calls as one transaction. Throws DISK_FULL. */
  together<T>(work: () => T): T {
    return translated(this.#db.name, () => this.#db.transaction(work)());
  }

  /** Throws OUTBOX_FULL, or TOO_LARGE for one that no server would take. */
  append(operation: NewOperation): void {
    const bytes = Buffer.byteLength(JSON.stringify(operation.changes.map(({ change }) => change)));
    if (bytes > OPERATION_BYTES_MAX) {
      throw new TallymanError(
        'TOO_LARGE',
        'This is too much for one step. Do it in smaller parts.',
      );
    }
    this.together(() => {
      if (this.waiting() >= OPERATIONS_WAITING_MAX) {
        throw new TallymanError(
          'OUTBOX_FULL',
          'Too much work waits to be sent. Sync before you go on.',
        );
      }
      const after = JSON.stringify(this.#creatorsOf(operation.changes));
      const { operationId, at, undoes = null, by = this.#person.id } = operation;
      const { lastInsertRowid } = this.#statements
        .get(
          `INSERT INTO operation (operation_id, after_operations, at, bytes, undoes, person_id)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(operationId, after, at, bytes, undoes, by);
      this.#insertChanges(Number(lastInsertRowid), operation.changes);
    });
  }

  /** Takes back one that was never taken to be sent; nothing of it stays. */
  remove(operationId: string): void {
    this.#statements
      .get('DELETE FROM operation WHERE operation_id = ? AND number IS NULL')
      .run(operationId);
  }

  discard(operationId: string, at: number): void {
    this.#statements
      .get("UPDATE operation SET state = 'discarded', settled_at = ? WHERE operation_id = ?")
      .run(at, operationId);
  }

  find(operationId: string): KeptOperation | null {
    const row = this.#statements.get(`${KEPT} WHERE operation_id = ?`).get(operationId) as
      OperationRow | undefined;
    return row ? { ...row, changes: this.changesOf(row.position) } : null;
  }

  /** In the current version of their entities, whatever version they were made at. */
  changesOf(position: number): NewChange[] {
    const rows = this.#statements
      .get('SELECT scope, change, base FROM operation_change WHERE position = ? ORDER BY sequence')
      .all(position) as { scope: Scope; change: string; base: string | null }[];
    return rows.map(({ scope, change, base }) => {
      const parsed = JSON.parse(change) as RowChange;
      const entity = entityNamed(parsed.entity);
      const row = base === null ? null : (JSON.parse(base) as StoredRow);
      return {
        scope,
        change: reencodeChange(entity, parsed),
        base: row && upgraded(entity, row, parsed.version),
      };
    });
  }

  /** What many operations change, by their positions, to be sent as one request. */
  changesToSend(positions: readonly number[]): Map<number, RowChange[]> {
    const rows = this.#statements
      .get(
        `SELECT position, change FROM operation_change
         WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position, sequence`,
      )
      .all(JSON.stringify(positions)) as { position: number; change: string }[];
    const changes = new Map<number, RowChange[]>();
    for (const { position, change } of rows) {
      const parsed = JSON.parse(change) as RowChange;
      const own = changes.get(position) ?? [];
      changes.set(position, own);
      own.push(reencodeChange(entityNamed(parsed.entity), parsed));
    }
    return changes;
  }

  /** Whether later operations, not taken back or refused, changed the same rows. */
  hasLater(position: number): boolean {
    return (
      this.#statements
        .get(
          `SELECT 1 FROM operation_change own
           JOIN operation_change later ON later.entity = own.entity AND later.row_id = own.row_id
             AND later.position > own.position
           JOIN operation o ON o.position = later.position AND o.state IN ('waiting', 'applied', 'conflict')
           WHERE own.position = ? LIMIT 1`,
        )
        .get(position) !== undefined
    );
  }

  /** Whether a person still has to decide about something that it changed. */
  isAskedAbout(position: number): boolean {
    return (
      this.#statements
        .get('SELECT 1 FROM conflict WHERE position = ? AND resolved IS NULL LIMIT 1')
        .get(position) !== undefined
    );
  }

  /** Whether another operation that was not refused has taken this one back. */
  isUndone(operationId: string): boolean {
    return (
      this.#statements
        .get(
          `SELECT 1 FROM operation WHERE undoes = ? AND state IN ('waiting', 'applied', 'conflict') LIMIT 1`,
        )
        .get(operationId) !== undefined
    );
  }

  /**
   * Puts the unsent operations on a row behind everything else, because what was decided about the row has to reach the
   * server before them.
   */
  moveToEnd(entity: string, rowId: string): void {
    const rows = this.#statements
      .get(
        `SELECT DISTINCT o.operation_id AS operationId FROM operation_change c
         JOIN operation o ON o.position = c.position AND o.state = 'waiting' AND o.number IS NULL
         WHERE c.entity = ? AND c.row_id = ? ORDER BY o.position`,
      )
      .all(entity, rowId) as { operationId: string }[];
    for (const { operationId } of rows) {
      const kept = this.find(operationId);
      if (!kept) continue;
      this.remove(operationId);
      this.append({ ...kept, undoes: kept.undoes ?? undefined });
    }
  }

  /** Whether something would be taken to be sent; `held` are positions of what is not. */
  hasSendable(held: ReadonlySet<number>): boolean {
    return (
      this.#statements
        .get(
          `SELECT 1 FROM operation o WHERE state = 'waiting' AND (number IS NOT NULL OR
             position NOT IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
             SELECT 1 FROM operation_change c
             JOIN conflict k ON k.entity = c.entity AND k.row_id = c.row_id AND k.resolved IS NULL
             WHERE c.position = o.position)) LIMIT 1`,
        )
        .get(JSON.stringify([...held])) !== undefined
    );
  }

  waiting(): number {
    return this.#count("SELECT count(*) FROM operation WHERE state = 'waiting'");
  }

  /** When the oldest operation that waits was recorded, UTC epoch milliseconds. */
  oldestWaitingAt(): number | null {
    const found = this.#statements
      .get("SELECT at FROM operation WHERE state = 'waiting' ORDER BY position LIMIT 1")
      .get() as { at: number } | undefined;
    return found?.at ?? null;
  }

  /** Of each person whose operations wait, how many. */
  waitingByPerson(): Map<string, number> {
    const rows = this.#statements
      .get(
        `SELECT person_id AS personId, count(*) AS count FROM operation
         WHERE state = 'waiting' AND person_id IS NOT NULL GROUP BY person_id`,
      )
      .all() as { personId: string; count: number }[];
    return new Map(rows.map(({ personId, count }) => [personId, count]));
  }

  /** The newest number under which the server answered this device; 0 if none is known. */
  lastAnswered(): number {
    const found = this.#statements
      .get(
        // The index of numbers is of operations that have one, which SQLite has to be told.
        `SELECT number FROM operation WHERE device_id = (SELECT device_id FROM device) AND number IS NOT NULL
         AND state <> 'waiting' ORDER BY number DESC LIMIT 1`,
      )
      .get() as { number: number } | undefined;
    return found?.number ?? 0;
  }

  /** Refused operations that a person has to look at. */
  attention(): number {
    return this.#count(
      "SELECT count(*) FROM operation WHERE state IN ('rejected', 'blocked', 'parked')",
    );
  }

  openConflicts(): number {
    return this.#count('SELECT count(*) FROM conflict WHERE resolved IS NULL');
  }

  /** Forgets the oldest answered operations. Only after a pull that shows them, or their overlay would be missing. */
  prune(): void {
    const settled = `(state IN ('applied', 'discarded') OR state = 'conflict' AND NOT EXISTS (
      SELECT 1 FROM conflict k WHERE k.position = operation.position AND k.resolved IS NULL))`;
    this.#statements
      .get(
        `DELETE FROM operation WHERE ${settled} AND position <= (
           SELECT position FROM operation WHERE ${settled}
           ORDER BY position DESC LIMIT 1 OFFSET ${SETTLED_MAX})`,
      )
      .run();
  }

  #count(sql: string): number {
    const { count } = this.#statements.get(sql.replace('count(*)', 'count(*) AS count')).get() as {
      count: number;
    };
    return count;
  }

  /** Operations not yet answered that create the rows which these changes touch or point to. */
  #creatorsOf(changes: readonly NewChange[]): string[] {
    const creator = this.#statements.get(
      `SELECT o.operation_id AS operationId FROM operation_change c
       JOIN operation o ON o.position = c.position AND o.state = 'waiting'
       WHERE c.entity = ? AND c.row_id = ? AND json_extract(c.change, '$.kind') = 'create' LIMIT 1`,
    );
    const found = new Set<string>();
    for (const { change } of changes) {
      for (const [entity, id] of rowsNeeded(change)) {
        const row = creator.get(entity, id) as { operationId: string } | undefined;
        if (row && found.size < AFTER_MAX) found.add(row.operationId);
      }
    }
    return [...found];
  }

  #insertChanges(position: number, changes: readonly NewChange[]): void {
    const insert = this.#statements.get(
      `INSERT INTO operation_change (position, sequence, entity, row_id, scope, change, base)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    const insertStock = this.#statements.get(
      `INSERT INTO operation_stock
         (position, sequence, scope, product_id, location_id, change, lot, serial, expires_on, delivery_line_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    let stockSequence = 0;
    for (const [sequence, { change, base, scope }] of changes.entries()) {
      const baseText = base === null ? null : JSON.stringify(base);
      const { entity, id } = change;
      insert.run(position, sequence, entity, id, scope, JSON.stringify(change), baseText);
      if (change.kind !== 'create' || entity !== stockMovement.name) continue;
      const movement = change.row as unknown as Recorded;
      for (const effect of movementEffects(movement)) {
        insertStock.run(
          position,
          stockSequence++,
          scope,
          movement.product_id,
          effect.locationId,
          effect.change,
          // What an earlier app recorded says nothing of these.
          movement.lot ?? '',
          movement.serial ?? '',
          movement.expires_on ?? null,
          movement.delivery_line_id ?? null,
        );
      }
    }
  }
}

type Late = 'lot' | 'serial' | 'expires_on' | 'delivery_line_id';
type Recorded = Omit<StockMovement, Late> & Partial<Pick<StockMovement, Late>>;

/** The row itself and those that it points to, as entity and id. */
function rowsNeeded(change: RowChange): [string, string][] {
  const needed: [string, string][] = [[change.entity, change.id]];
  if (change.kind === 'remove') return needed;
  const values = change.kind === 'create' ? change.row : change.to;
  for (const [column, target] of Object.entries(entityNamed(change.entity).references)) {
    const id = values[column];
    if (typeof id === 'string') needed.push([target, id]);
  }
  return needed;
}
