import { sortKeyOf } from '../domain/fold-text.ts';
import type { EntityDefinition, StoredValue } from '../entities/define-entity.ts';
import { rowHash } from '../sync/digest.ts';
import { assertStoredRow, type WireRow } from '../sync/row-check.ts';
import { replicaColumns } from './replica-schema.ts';
import type { HeldContent, PutResult, RowTable } from './row-table.ts';
import type { SqlDatabase, SqlStatement } from './sql-database.ts';

interface HeldRow {
  local_id: number;
  row_version: number;
  row_hash: number;
}

/**
 * The statements of one entity's table in a replica, prepared once. Values of columns that only a newer server knows are
 * parked beside the row: they count in the digest and mean nothing until the app is updated.
 */
export class EntityTable implements RowTable {
  readonly entity: EntityDefinition;
  readonly #insert: SqlStatement;
  readonly #insertParked: SqlStatement;
  readonly #held: SqlStatement;
  readonly #update: SqlStatement;
  readonly #delete: SqlStatement;
  readonly #content: SqlStatement;
  readonly #setHash: SqlStatement;
  readonly #sortColumn: number | null;

  constructor(db: SqlDatabase, entity: EntityDefinition) {
    const columns = replicaColumns(entity);
    const { name } = entity;
    this.entity = entity;
    this.#insert = db.prepare(insertInto(name, columns));
    this.#insertParked = db.prepare(insertInto(name, [...columns, 'parked']));
    this.#held = db.prepare(`SELECT local_id, row_version, row_hash FROM ${name} WHERE id = ?`);
    const assigned = [...columns, 'parked'].map((column) => `${column} = ?`).join(', ');
    this.#update = db.prepare(`UPDATE ${name} SET ${assigned} WHERE local_id = ?`);
    this.#delete = db.prepare(`DELETE FROM ${name} WHERE local_id = ?`);
    const own = entity.columns.map((column) => column.name).join(', ');
    this.#content = db
      .prepare(
        `SELECT ${own}, row_version, local_id, row_hash, parked FROM ${name} WHERE local_id > ? ORDER BY local_id LIMIT ?`,
      )
      .raw();
    this.#setHash = db.prepare(`UPDATE ${name} SET row_hash = ? WHERE local_id = ?`);
    const sortColumn = entity.columns.findIndex((column) => column.name === entity.sortBy);
    this.#sortColumn = sortColumn === -1 ? null : sortColumn;
  }

  put(row: WireRow, force: boolean): PutResult | null {
    assertStoredRow(this.entity, row);
    const version = row[row.length - 1] as number;
    const values = row.slice(0, -1);
    const hash = rowHash(this.entity.name, values, version);
    const parked = this.#parkedOf(values);
    const stored = this.#storedOf(values, version, hash);
    // Most rows of a first sync are new, so inserting first saves a look-up; a conflict costs no more than one.
    const inserted =
      parked === null ? this.#insert.run(...stored) : this.#insertParked.run(...stored, parked);
    if (inserted.changes === 1) {
      return { localId: Number(inserted.lastInsertRowid), hash, replacedHash: null };
    }
    const held = this.#held.get(values[0]) as HeldRow;
    if (!force && held.row_version >= version) return null;
    this.#update.run(...stored, parked, held.local_id);
    return { localId: held.local_id, hash, replacedHash: held.row_hash };
  }

  remove(id: string): { localId: number; hash: number } | null {
    const held = this.#held.get(id) as HeldRow | undefined;
    if (!held) return null;
    this.#delete.run(held.local_id);
    return { localId: held.local_id, hash: held.row_hash };
  }

  contentAfter(localId: number, limit: number): HeldContent[] {
    const width = this.entity.columns.length;
    return (this.#content.all(localId, limit) as StoredValue[][]).map((row) => {
      const [version, id, kept, parked] = row.splice(width) as [
        number,
        number,
        number,
        string | null,
      ];
      const values = parked === null ? row : [...row, ...(JSON.parse(parked) as StoredValue[])];
      return { localId: id, values, version, kept };
    });
  }

  setHash(localId: number, hash: number): void {
    this.#setHash.run(hash, localId);
  }

  #parkedOf(values: readonly StoredValue[]): string | null {
    const width = this.entity.columns.length;
    return values.length === width ? null : JSON.stringify(values.slice(width));
  }

  #storedOf(values: readonly StoredValue[], version: number, hash: number): StoredValue[] {
    const width = this.entity.columns.length;
    const known = values.length === width ? values : values.slice(0, width);
    const sortKey =
      this.#sortColumn === null ? [] : [sortKeyOf(String(known[this.#sortColumn] ?? ''))];
    return [...known, ...sortKey, version, hash];
  }
}

/** Not INSERT OR REPLACE: it would give the row a new local id under the search index's feet. */
function insertInto(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (id) DO NOTHING`;
}
