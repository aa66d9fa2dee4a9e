import type { Kysely } from 'kysely';
import type { StoredValue } from '../../shared/entities/define-entity.ts';
import type { EntityPage } from '../../shared/sync/protocol.ts';
import { wireColumns } from '../../shared/sync/row-check.ts';
import { flavourOf } from '../store/engine/flavour-of.ts';
import { type EntityStorage, storageAt } from '../store/entity-storage.ts';
import type { ServerDatabase, UntypedDatabase } from '../store/server-database.ts';

/** Rows by id in the form in which they travel: the entity's columns in order, then `row_version`. In the order of ids. */
export async function readEntityPage(
  db: Kysely<ServerDatabase>,
  entity: number,
  { ids, deletes }: { ids: readonly string[]; deletes: readonly string[] },
): Promise<EntityPage> {
  const storage = storageAt(entity);
  const columns = wireColumns(storage.definition);
  return {
    entity: storage.definition.name,
    columns,
    rows: ids.length === 0 ? [] : await readRows(db, storage, { columns, ids }),
    deletes,
  };
}

async function readRows(
  db: Kysely<ServerDatabase>,
  storage: EntityStorage,
  { columns, ids }: { columns: readonly string[]; ids: readonly string[] },
): Promise<StoredValue[][]> {
  const rows = await (db as unknown as Kysely<UntypedDatabase>)
    .selectFrom(storage.definition.name)
    .select([...columns])
    .where(flavourOf(db).idAmong('id', ids))
    .orderBy('id')
    .execute();
  return rows.map((row) => columns.map((column) => row[column] as StoredValue));
}
