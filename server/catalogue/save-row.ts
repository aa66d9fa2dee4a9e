import type { ChangeTransaction } from '../sync/change-transaction.ts';
import type { EntityRows, TableName } from '../store/server-database.ts';

export type SaveOutcome = 'created' | 'updated' | 'unchanged';

/** Inserts a row or overwrites the one with its id. */
export async function saveRow<TName extends TableName>(
  tx: ChangeTransaction,
  entity: TName,
  row: EntityRows[TName],
): Promise<SaveOutcome> {
  const found = await tx.db
    .selectFrom(entity satisfies TableName)
    .select('id')
    .where('id', '=', row.id)
    .executeTakeFirst();
  if (found === undefined) {
    await tx.insert(entity, [row]);
    return 'created';
  }
  return (await tx.update(entity, [row])) === 1 ? 'updated' : 'unchanged';
}
