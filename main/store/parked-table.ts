import type { StoredValue } from '../../shared/entities/define-entity.ts';
import { rowHash } from '../../shared/sync/digest.ts';
import { assertParkedRow, type WireRow } from '../../shared/sync/row-check.ts';
import type { HeldContent, PutResult, RowTable } from '../../shared/replica/row-table.ts';
import type { SqliteDatabase, Statement } from './sqlite.ts';

interface ParkedLine {
  local_id: number;
  row_values: string;
  row_version: number;
  row_hash: number;
}

/**
 * The rows of an entity that only a newer server knows. They are kept as they came, count in the digest and are repaired
 * like all others, so that an older laptop stays equal to its server; once the app is updated they are fetched anew as
 * what they are.
 */
export class ParkedTable implements RowTable {
  readonly #entity: string;
  readonly #held: Statement;
  readonly #insert: Statement;
  readonly #update: Statement;
  readonly #delete: Statement;
  readonly #content: Statement;
  readonly #setHash: Statement;

  constructor(db: SqliteDatabase, entity: string) {
    this.#entity = entity;
    this.#held = db.prepare('SELECT * FROM parked_row WHERE entity = ? AND id = ?');
    this.#insert = db.prepare(
      'INSERT INTO parked_row (entity, id, row_values, row_version, row_hash) VALUES (?, ?, ?, ?, ?)',
    );
    this.#update = db.prepare(
      'UPDATE parked_row SET row_values = ?, row_version = ?, row_hash = ? WHERE local_id = ?',
    );
    this.#delete = db.prepare('DELETE FROM parked_row WHERE local_id = ?');
    this.#content = db.prepare(
      'SELECT * FROM parked_row WHERE entity = ? AND local_id > ? ORDER BY local_id LIMIT ?',
    );
    this.#setHash = db.prepare('UPDATE parked_row SET row_hash = ? WHERE local_id = ?');
  }

  put(row: WireRow, force: boolean): PutResult | null {
    assertParkedRow(this.#entity, row);
    const version = row[row.length - 1] as number;
    const values = row.slice(0, -1);
    const id = values[0] as string;
    const hash = rowHash(this.#entity, values, version);
    const content = JSON.stringify(values);
    const held = this.#lineOf(id);
    if (!held) {
      const { lastInsertRowid } = this.#insert.run(this.#entity, id, content, version, hash);
      return { localId: Number(lastInsertRowid), hash, replacedHash: null };
    }
    if (!force && held.row_version >= version) return null;
    this.#update.run(content, version, hash, held.local_id);
    return { localId: held.local_id, hash, replacedHash: held.row_hash };
  }

  remove(id: string): { localId: number; hash: number } | null {
    const held = this.#lineOf(id);
    if (!held) return null;
    this.#delete.run(held.local_id);
    return { localId: held.local_id, hash: held.row_hash };
  }

  contentAfter(localId: number, limit: number): HeldContent[] {
    const lines = this.#content.all(this.#entity, localId, limit) as ParkedLine[];
    return lines.map((line) => ({
      localId: line.local_id,
      values: JSON.parse(line.row_values) as StoredValue[],
      version: line.row_version,
      kept: line.row_hash,
    }));
  }

  setHash(localId: number, hash: number): void {
    this.#setHash.run(hash, localId);
  }

  #lineOf(id: string): ParkedLine | undefined {
    return this.#held.get(this.#entity, id) as ParkedLine | undefined;
  }
}
