import type { Kysely, Transaction } from 'kysely';
import type { EntityName } from '../../shared/entities/registry.ts';
import type { StoredValue } from '../../shared/entities/define-entity.ts';
import { addHash, rowHash, subtractHash } from '../../shared/sync/digest.ts';
import { BulkWriter } from './bulk-writer.ts';
import { CHANGE_INDEX } from './change-index.ts';
import { flavourOf } from './engine/flavour-of.ts';
import { type EntityStorage, storageNamed } from './entity-storage.ts';
import { OPERATION_PUT, type ServerDatabase, type UntypedDatabase } from './server-database.ts';

/** Rows in memory at a time. */
const STEP_ROWS = 5_000;

/**
 * Gives every row of the entities a new version and the hash of its columns as they are now, as if each had been changed.
 * For migrations that change columns: without it the digests of the server would speak of columns that are no more.
 */
export async function restampRows(
  db: Transaction<ServerDatabase>,
  entities: readonly EntityName[],
): Promise<void> {
  const scopes = await db.selectFrom('sync_scope').selectAll().execute();
  const bulk = new BulkWriter();
  for (const { scope_id: scopeId, version: before, row_sum } of scopes) {
    const version = before + 1;
    let sum = row_sum;
    let rows = 0;
    for (const entity of entities) {
      const storage = storageNamed(entity);
      for (let afterId = ''; ;) {
        const step = await restampStep(db, { bulk, storage, scopeId, version, afterId });
        if (step === null) break;
        sum = addHash(subtractHash(sum, step.removed), step.added);
        rows += step.rows;
        afterId = step.lastId;
      }
    }
    if (rows === 0) continue;
    await db
      .updateTable('sync_scope')
      .set({ version, row_sum: sum })
      .where('scope_id', '=', scopeId)
      .execute();
  }
}

interface Step {
  bulk: BulkWriter;
  storage: EntityStorage;
  scopeId: number;
  version: number;
  afterId: string;
}

/** Null after the last row. */
async function restampStep(
  db: Transaction<ServerDatabase>,
  { bulk, storage, scopeId, version, afterId }: Step,
): Promise<{ lastId: string; rows: number; removed: number; added: number } | null> {
  const { place, columns, definition } = storage;
  const entries = await db
    .selectFrom('sync_change')
    .select(['id', 'row_hash'])
    .where('scope_id', '=', scopeId)
    .where('entity', '=', place)
    .where('operation', '=', OPERATION_PUT)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(STEP_ROWS)
    .execute();
  const last = entries.at(-1);
  if (last === undefined) return null;
  const ids = entries.map(({ id }) => id);
  const untyped = db as unknown as Kysely<UntypedDatabase>;
  const rows = await untyped
    .selectFrom(definition.name)
    .select([...columns])
    .where(flavourOf(db).idAmong('id', ids))
    .execute();
  let added = 0;
  const changes = rows.map((row) => {
    const values = columns.map((column) => row[column] as StoredValue);
    const hash = rowHash(definition.name, values, version);
    added = addHash(added, hash);
    return [scopeId, place, values[0] ?? null, version, OPERATION_PUT, hash];
  });
  const removed = entries.reduce((sum, { row_hash }) => addHash(sum, row_hash ?? 0), 0);
  await bulk.write(db, CHANGE_INDEX, changes);
  await untyped
    .updateTable(definition.name)
    .set({ row_version: version })
    .where(flavourOf(db).idAmong('id', ids))
    .execute();
  return { lastId: last.id, rows: rows.length, removed, added };
}
