import { must } from '../../shared/domain/assert.ts';
import { ENTITIES } from '../../shared/entities/registry.ts';
import type { EntityRows, TableName } from '../store/server-database.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';

interface PendingRow {
  row: EntityRows[TableName];
  isNew: boolean;
}

/** The rows that a batch of lines makes and changes, gathered so that they are written by few statements. */
export class ChangeSet {
  /** In the registry's order: what is pointed to is written before what points to it. */
  readonly #rows = new Map(
    ENTITIES.map((entity): [TableName, Map<string, PendingRow>] => [
      entity.name,
      new Map<string, PendingRow>(),
    ]),
  );

  insert<TName extends TableName>(entity: TName, row: EntityRows[TName]): void {
    this.#of(entity).set(row.id, { row, isNew: true });
  }

  /** The whole row. One that this set inserts stays an insert. */
  update<TName extends TableName>(entity: TName, row: EntityRows[TName]): void {
    const rows = this.#of(entity);
    rows.set(row.id, { row, isNew: rows.get(row.id)?.isNew === true });
  }

  async write(tx: ChangeTransaction): Promise<void> {
    for (const [entity, rows] of this.#rows) {
      const pending = [...rows.values()];
      const inserts = pending.filter(({ isNew }) => isNew).map(({ row }) => row);
      const updates = pending.filter(({ isNew }) => !isNew).map(({ row }) => row);
      if (inserts.length > 0) await tx.insert(entity, inserts);
      if (updates.length > 0) await tx.update(entity, updates);
    }
  }

  #of(entity: TableName): Map<string, PendingRow> {
    return must(this.#rows.get(entity), entity);
  }
}
