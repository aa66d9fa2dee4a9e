import { sortKeyOf } from '../../shared/domain/fold-text.ts';
import type { EntityDefinition, StoredValue } from '../../shared/entities/define-entity.ts';
import { rowHash } from '../../shared/sync/digest.ts';
import { assertStoredRow, type WireRow } from '../../shared/sync/row-check.ts';
import { replicaColumns } from './replica-schema.ts';
import type { Statement, WritableDatabase } from './sqlite.ts';

interface HeldRow {
  local_id: number;
  row_version: number;
  row_hash: number;
}

export interface PutResult {
  localId: number;
  hash: number;
  /** Of the row that was replaced; null if the row is new. */
  replacedHash: number | null;
}

/** The statements of one entity's table in a replica, prepared once. Callers own the transaction. */
export class EntityTable {
  readonly entity: EntityDefinition;
  readonly #insert: Statement;
  readonly #held: Statement;
  readonly #update: Statement;
  readonly #delete: Statement;
  readonly #count: Statement;
  readonly #sortColumn: number | null;

  constructor(db: WritableDatabase, entity: EntityDefinition) {
    const columns = replicaColumns(entity);
    const { name } = entity;
    this.entity = entity;
    // Not INSERT OR REPLACE: it would give the row a new local id under the search index's feet.
    this.#insert = db.prepare(
      `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (id) DO NOTHING`,
    );
    this.#held = db.prepare(`SELECT local_id, row_version, row_hash FROM ${name} WHERE id = ?`);
    this.#update = db.prepare(
      `UPDATE ${name} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE local_id = ?`,
    );
    this.#delete = db.prepare(`DELETE FROM ${name} WHERE local_id = ?`);
    this.#count = db.prepare(`SELECT count(*) FROM ${name}`).pluck();
    const sortColumn = entity.columns.findIndex((column) => column.name === entity.sortBy);
    this.#sortColumn = sortColumn === -1 ? null : sortColumn;
  }

  /** Returns null if the row held is as new. `force` replaces it even so, for repairs. */
  put(row: WireRow, force: boolean): PutResult | null {
    assertStoredRow(this.entity, row);
    const version = row[row.length - 1] as number;
    const values = row.slice(0, -1);
    const hash = rowHash(this.entity.name, values, version);
    const stored = this.#storedOf(values, version, hash);
    // Most rows of a first sync are new, so inserting first saves a look-up; a conflict costs no more than one.
    const inserted = this.#insert.run(...stored);
    if (inserted.changes === 1) {
      return { localId: Number(inserted.lastInsertRowid), hash, replacedHash: null };
    }
    const held = this.#held.get(values[0]) as HeldRow;
    if (!force && held.row_version >= version) return null;
    this.#update.run(...stored, held.local_id);
    return { localId: held.local_id, hash, replacedHash: held.row_hash };
  }

  remove(id: string): { localId: number; hash: number } | null {
    const held = this.#held.get(id) as HeldRow | undefined;
    if (!held) return null;
    this.#delete.run(held.local_id);
    return { localId: held.local_id, hash: held.row_hash };
  }

  count(): number {
    return this.#count.get() as number;
  }

  #storedOf(values: readonly StoredValue[], version: number, hash: number): StoredValue[] {
    const sortKey =
      this.#sortColumn === null ? [] : [sortKeyOf(String(values[this.#sortColumn] ?? ''))];
    return [...values, ...sortKey, version, hash];
  }
}
