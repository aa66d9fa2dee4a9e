import type { Kysely } from 'kysely';
import { z } from 'zod';
import { maySee } from '../auth/actor.ts';
import { amongVisibleSites } from '../auth/visible-sites.ts';
import { siteScope } from '../../shared/sync/scope.ts';
import type { Asker } from '../sync/admission.ts';
import { entityNamed } from '../../shared/entities/registry.ts';
import { idInput } from '../catalogue/id-input.ts';
import { pageLimitField } from '../catalogue/name-page.ts';
import { rowFrom } from '../catalogue/row-from.ts';
import type { EntityRows, TableName, UntypedDatabase } from '../store/server-database.ts';

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
  { store, actor }: Asker,
  entity: TName,
  { afterId, limit, siteId }: RowPageInput,
): Promise<RowPage<EntityRows[TName]>> {
  // As for a site that does not exist.
  if (siteId !== undefined && !maySee(actor, siteScope(siteId))) return { rows: [], nextId: null };
  let query = (store.reader as unknown as Kysely<UntypedDatabase>)
    .selectFrom(entity as string)
    .selectAll()
    .where('id', '>', afterId ?? '')
    .orderBy('id')
    .limit(limit + 1);
  if (siteId === undefined && entityNamed(entity).scope === 'site') {
    const visible = amongVisibleSites(store.reader, actor, 'site_id');
    if (visible !== null) query = query.where(visible);
  }
  if (siteId !== undefined) query = query.where('site_id', '=', siteId);
  const found = await query.execute();
  const rows = found
    .slice(0, limit)
    .map((row) => rowFrom<EntityRows[TName]>(entityNamed(entity), row));
  return { rows, nextId: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}
