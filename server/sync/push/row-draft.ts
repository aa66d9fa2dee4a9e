import { type Author, seesRow } from '../../auth/author.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { type EntityName, entityNamed } from '../../../shared/entities/registry.ts';
import type { RowBook, RowSearch } from './row-book.ts';

/**
 * What one operation makes of the rows. Thrown away if the operation is refused, so that it leaves nothing behind;
 * otherwise entered in the book, where the operations after it see it.
 */
export class RowDraft {
  readonly #book: RowBook;
  readonly #author: Author | null;
  readonly #rows = new Map<EntityName, Map<string, StoredRow | null>>();

  /** `author`: whose work it is, if rows are to be kept from somebody. */
  constructor(book: RowBook, author: Author | null = null) {
    this.#book = book;
    this.#author = author;
  }

  /** Null as well if the author must not know of it. */
  async get(entity: EntityName, id: string): Promise<StoredRow | null> {
    const row = await this.#any(entity, id);
    return row === null || this.sees(entity, row) ? row : null;
  }

  sees(entity: EntityName, row: StoredRow): boolean {
    return seesRow(this.#author, entityNamed(entity), row);
  }

  put(entity: EntityName, id: string, row: StoredRow | null): void {
    const rows = this.#rows.get(entity) ?? new Map<string, StoredRow | null>();
    this.#rows.set(entity, rows);
    rows.set(id, row);
  }

  /** Whoever may know of them: what has to be the only one of its kind, or has to stay, is so for everybody. */
  async find(search: RowSearch): Promise<StoredRow[]> {
    const { entity, columns, values } = search;
    if (values.includes(null)) return [];
    const own = this.#rows.get(entity)?.keys() ?? [];
    const ids = new Set([...(await this.#book.candidates(search)), ...own]);
    const found: StoredRow[] = [];
    for (const id of ids) {
      const row = await this.#any(entity, id);
      if (row !== null && columns.every((column, at) => row[column] === values[at])) {
        found.push(row);
      }
    }
    return found;
  }

  /** Rows that differ from before the operation. */
  changes(): { entity: EntityName; id: string; before: StoredRow | null; row: StoredRow | null }[] {
    const changes = [];
    for (const [entity, rows] of this.#rows) {
      for (const [id, row] of rows) {
        const before = this.#book.known(entity, id);
        if (!sameRow(entity, before, row)) changes.push({ entity, id, before, row });
      }
    }
    return changes;
  }

  async #any(entity: EntityName, id: string): Promise<StoredRow | null> {
    const row = this.#rows.get(entity)?.get(id);
    return row === undefined ? this.#book.get(entity, id) : row;
  }
}

function sameRow(entity: EntityName, a: StoredRow | null, b: StoredRow | null): boolean {
  if (a === null || b === null) return a === b;
  return entityNamed(entity).columns.every(({ name }) => a[name] === b[name]);
}
