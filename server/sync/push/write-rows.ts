import { ENTITIES } from '../../../shared/entities/registry.ts';
import type { EntityRows, TableName } from '../../store/server-database.ts';
import type { ChangeTransaction } from '../change-transaction.ts';
import type { RowBook } from './row-book.ts';

/** Writes what the operations of a batch left, each row once: what points to others first out and last in. */
export async function writeRows(tx: ChangeTransaction, book: RowBook): Promise<void> {
  const writes = new Map(book.writes());
  for (const { name } of ENTITIES.toReversed()) {
    const gone = (writes.get(name) ?? []).filter(({ row }) => row === null);
    if (gone.length > 0) {
      await tx.remove(
        name,
        gone.map(({ id }) => id),
      );
    }
  }
  for (const { name } of ENTITIES) {
    const inserts: EntityRows[TableName][] = [];
    const updates: EntityRows[TableName][] = [];
    for (const { before, row } of writes.get(name) ?? []) {
      // Stored form is what a transaction makes of a row anyway.
      if (row !== null) (before === null ? inserts : updates).push(row as EntityRows[TableName]);
    }
    if (inserts.length > 0) await tx.insert(name, inserts);
    if (updates.length > 0) await tx.update(name, updates, book.held(name));
  }
}
