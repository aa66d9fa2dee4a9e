import type { Category } from '../../shared/entities/category.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import type { ChangeSet } from './change-set.ts';
import { detached } from './detached.ts';

/** Finds categories by their path of names, and makes those that are missing. Categories are few: all are in memory. */
export class CategoryTree {
  readonly #newId: () => string;
  /** By parent and name. */
  readonly #categories = new Map<string, Category>();
  /** The same by whole path, because many lines in a row have the same one. */
  readonly #byPath = new Map<string, Category>();

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  async load(tx: ChangeTransaction): Promise<void> {
    const rows = await tx.db
      .selectFrom('category')
      .select(['id', 'parent_id', 'code', 'name'])
      .orderBy('id')
      .execute();
    for (const row of rows) {
      const key = keyOf(row.parent_id, row.name);
      if (!this.#categories.has(key)) this.#categories.set(key, row);
    }
  }

  /** The id of the path's last category; null for an empty path. The code is given to it if it has none yet. */
  idOf(path: readonly string[], code: string | null, changes: ChangeSet): string | null {
    if (path.length === 0) return null;
    const pathKey = path.join(SEPARATOR);
    let leaf = this.#byPath.get(pathKey);
    if (leaf === undefined) {
      leaf = this.#walk(path, changes);
      this.#byPath.set(detached(pathKey), leaf);
    }
    // Only once, so that a file with two codes for one path does not change it again on each import.
    if (leaf.code === null && code !== null) {
      leaf.code = detached(code);
      changes.update('category', leaf);
    }
    return leaf.id;
  }

  /** One object per category: both maps see a code that is added later. */
  #walk([first = '', ...rest]: readonly string[], changes: ChangeSet): Category {
    let at = this.#child(null, first, changes);
    for (const name of rest) at = this.#child(at.id, name, changes);
    return at;
  }

  #child(parentId: string | null, name: string, changes: ChangeSet): Category {
    const key = keyOf(parentId, name);
    const known = this.#categories.get(key);
    if (known !== undefined) return known;
    const made = { id: this.#newId(), parent_id: parentId, code: null, name: detached(name) };
    this.#categories.set(detached(key), made);
    changes.insert('category', made);
    return made;
  }
}

/** Names have no control characters. */
const SEPARATOR = '\n';

function keyOf(parentId: string | null, name: string): string {
  return (parentId ?? '') + SEPARATOR + name;
}
