import type { Kysely } from 'kysely';
import { must } from '../../../shared/domain/assert.ts';
import type { StoredRow, StoredValue } from '../../../shared/entities/define-entity.ts';
import { type EntityName, entityNamed } from '../../../shared/entities/registry.ts';
import { flavourOf } from '../../store/engine/flavour-of.ts';
import { storageNamed } from '../../store/entity-storage.ts';
import type { HeldRow } from '../../store/row-reader.ts';
import type { UntypedDatabase } from '../../store/server-database.ts';
import type { ChangeTransaction } from '../change-transaction.ts';

/** Rows that have these values in these columns. */
export interface RowSearch {
  entity: EntityName;
  columns: readonly string[];
  values: readonly StoredValue[];
}

interface EntityLeaf {
  /** As the database has them; null: it has none. */
  base: Map<string, StoredRow | null>;
  /** The same, for who writes over them. */
  held: Map<string, HeldRow>;
  /** As the operations so far leave them. */
  staged: Map<string, StoredRow | null>;
  /** columns → values → ids that had these values at some time. Whoever looks one up compares the row as it is. */
  found: Map<string, Map<string, Set<string>>>;
}

/**
 * The rows that a batch of operations reads and writes. They are read by few queries, operations are judged by them in
 * memory, and what they become is written at the end: the database is asked per batch, not per operation.
 */
export class RowBook {
  readonly #tx: Pick<ChangeTransaction, 'db' | 'rows'>;
  readonly #leaves = new Map<EntityName, EntityLeaf>();

  constructor(tx: Pick<ChangeTransaction, 'db' | 'rows'>) {
    this.#tx = tx;
  }

  async load(entity: EntityName, ids: Iterable<string>): Promise<void> {
    const { base, held } = this.#leaf(entity);
    const { columns } = storageNamed(entity);
    const missing = [...new Set(ids)].filter((id) => !base.has(id));
    if (missing.length === 0) return;
    for (const id of missing) base.set(id, null);
    for (const row of await this.#tx.rows(entity, missing)) {
      held.set(row.id, row);
      base.set(
        row.id,
        Object.fromEntries(columns.map((name, at) => [name, row.values[at] ?? null])),
      );
    }
  }

  /** For many values of the same columns at once. Values with a null or of another type are never found. */
  async loadFound(searches: readonly RowSearch[]): Promise<void> {
    const byColumns = Map.groupBy(searches, ({ entity, columns }) => `${entity} ${columns.join()}`);
    for (const alike of byColumns.values()) {
      const { entity, columns } = must(alike[0], 'a search of its group');
      const leaf = this.#leaf(entity);
      const known = foundBy(leaf, columns);
      const missing = alike.filter(
        ({ values }) => isFindable(entity, columns, values) && !known.has(JSON.stringify(values)),
      );
      if (missing.length === 0) continue;
      for (const { values } of missing) known.set(JSON.stringify(values), new Set());
      const tuples = missing.map(({ values }) => values);
      const among = flavourOf(this.#tx.db).tupleAmong(columns, tuples);
      const rows = await this.#select(entity).where(among).execute();
      for (const row of rows) {
        const id = String(row['id']);
        if (!leaf.base.has(id)) leaf.base.set(id, row);
        note(leaf, id, row);
      }
      for (const [id, row] of leaf.staged) if (row !== null) note(leaf, id, row);
    }
  }

  async get(entity: EntityName, id: string): Promise<StoredRow | null> {
    const { base, staged } = this.#leaf(entity);
    const row = staged.get(id);
    if (row !== undefined) return row;
    if (!base.has(id)) await this.load(entity, [id]);
    return base.get(id) ?? null;
  }

  /** Without reading: a row that nobody has asked for is one that the server has just made. */
  known(entity: EntityName, id: string): StoredRow | null {
    const { base, staged } = this.#leaf(entity);
    return staged.get(id) ?? (staged.has(id) ? null : (base.get(id) ?? null));
  }

  /** Ids of rows that may fit. */
  async candidates(search: RowSearch): Promise<Iterable<string>> {
    await this.loadFound([search]);
    const known = foundBy(this.#leaf(search.entity), search.columns);
    return known.get(JSON.stringify(search.values)) ?? [];
  }

  stage(entity: EntityName, id: string, row: StoredRow | null): void {
    const leaf = this.#leaf(entity);
    leaf.staged.set(id, row);
    if (row !== null) note(leaf, id, row);
  }

  /** An operation of this batch has written or removed it. */
  isStaged(entity: EntityName, id: string): boolean {
    return this.#leaf(entity).staged.has(id);
  }

  /** What differs from the database, by entity. */
  *writes(): Iterable<
    [EntityName, { id: string; before: StoredRow | null; row: StoredRow | null }[]]
  > {
    for (const [entity, { base, staged }] of this.#leaves) {
      const rows = [...staged].map(([id, row]) => ({ id, before: base.get(id) ?? null, row }));
      yield [entity, rows.filter(({ before, row }) => before !== null || row !== null)];
    }
  }

  /** Of what `writes` has as `before`, the rows that were read by their ids. */
  held(entity: EntityName): ReadonlyMap<string, HeldRow> {
    return this.#leaf(entity).held;
  }

  #leaf(entity: EntityName): EntityLeaf {
    let leaf = this.#leaves.get(entity);
    if (leaf === undefined) {
      leaf = { base: new Map(), held: new Map(), staged: new Map(), found: new Map() };
      this.#leaves.set(entity, leaf);
    }
    return leaf;
  }

  #select(entity: EntityName) {
    const { columns } = storageNamed(entity);
    return (this.#tx.db as unknown as Kysely<UntypedDatabase>)
      .selectFrom(entity)
      .select([...columns]);
  }
}

/** What a laptop sends is looked for before it is checked, and engines refuse to compare a number with a text. */
function isFindable(
  entity: EntityName,
  columns: readonly string[],
  values: readonly StoredValue[],
): boolean {
  const kinds = entityNamed(entity).columns;
  return columns.every((name, at) => {
    const isText = kinds.find((column) => column.name === name)?.kind === 'text';
    return typeof values[at] === (isText ? 'string' : 'number');
  });
}

function foundBy(leaf: EntityLeaf, columns: readonly string[]): Map<string, Set<string>> {
  const key = columns.join();
  let known = leaf.found.get(key);
  if (known === undefined) {
    known = new Map();
    leaf.found.set(key, known);
  }
  return known;
}

/** Values that nobody has asked for are left out: the database may have other rows with them. */
function note(leaf: EntityLeaf, id: string, row: StoredRow): void {
  for (const [columns, known] of leaf.found) {
    const values = columns.split(',').map((column) => row[column] ?? null);
    known.get(JSON.stringify(values))?.add(id);
  }
}
