import type { Kysely } from 'kysely';
import { z } from 'zod';
import { entityNamed } from '../../shared/entities/registry.ts';
import { idInput } from '../catalogue/id-input.ts';
import { pageLimitField } from '../catalogue/name-page.ts';
import { rowFrom } from '../catalogue/row-from.ts';
import type {
  EntityRows,
  ServerDatabase,
  TableName,
  UntypedDatabase,
} from '../store/server-database.ts';

export const rowPageInput = z.strictObject({
  /** Rows with a greater id. */
  afterId: idInput.nullable().default(null),
  limit: pageLimitField,
});

export const siteRowPageInput = rowPageInput.extend({ siteId: idInput });

interface RowPageInput extends z.output<typeof rowPageInput> {
  siteId?: string | undefined;
}

export interface RowPage<TRow> {
  rows: TRow[];
  /** Null after the last page. */
  nextId: string | null;
}

/** Rows of any entity in the order of their ids, which for UUIDv7 is the order in which they were made. */
export async function rowPage<TName extends TableName>(
  db: Kysely<ServerDatabase>,
  entity: TName,
  { afterId, limit, siteId }: RowPageInput,
): Promise<RowPage<EntityRows[TName]>> {
  let query = (db as unknown as Kysely<UntypedDatabase>)
    .selectFrom(entity as string)
    .selectAll()
    .where('id', '>', afterId ?? '')
    .orderBy('id')
    .limit(limit + 1);
  if (siteId !== undefined) query = query.where('site_id', '=', siteId);
  const found = await query.execute();
  const rows = found
    .slice(0, limit)
    .map((row) => rowFrom<EntityRows[TName]>(entityNamed(entity), row));
  return { rows, nextId: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}
