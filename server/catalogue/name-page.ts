import { z } from 'zod';
import { amongVisibleSites } from '../auth/visible-sites.ts';
import type { Asker } from '../sync/admission.ts';
import { entityNamed } from '../../shared/entities/registry.ts';
import type { EntityRows } from '../store/server-database.ts';
import { rowFrom } from './row-from.ts';

/** Rows of one page at most. */
const PAGE_ROWS_MAX = 500;
const PAGE_ROWS_DEFAULT = 100;

export const pageLimitField = z.int().min(1).max(PAGE_ROWS_MAX).default(PAGE_ROWS_DEFAULT);

/** `after` is where the last page ended: pages stay right and cheap however far one walks and whatever changes. */
export const namePageInput = z.strictObject({
  after: z
    .strictObject({ sortKey: z.string().max(2_000), id: z.uuid() })
    .nullable()
    .default(null),
  limit: pageLimitField,
});
type NamePageInput = z.output<typeof namePageInput>;

export interface NamePage<TRow> {
  rows: TRow[];
  /** Null after the last page. */
  next: NamePageInput['after'];
}

type NamedEntity = 'category' | 'brand' | 'site' | 'product';

/** Rows in the order of their folded names. */
export async function namePage<TName extends NamedEntity>(
  { store, actor }: Asker,
  entity: TName,
  { after, limit }: NamePageInput,
): Promise<NamePage<EntityRows[TName]>> {
  let query = store.reader
    .selectFrom(entity satisfies NamedEntity)
    .selectAll()
    .orderBy('sort_key')
    .orderBy('id')
    .limit(limit + 1);
  const visible = entity === 'site' ? amongVisibleSites(store.reader, actor, 'id') : null;
  if (visible !== null) query = query.where(visible);
  if (after !== null) {
    query = query.where((row) =>
      row(row.refTuple('sort_key', 'id'), '>', row.tuple(after.sortKey, after.id)),
    );
  }
  const found = await query.execute();
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    rows: rows.map((row) => rowFrom<EntityRows[TName]>(entityNamed(entity), row)),
    next: found.length > limit && last ? { sortKey: last.sort_key, id: last.id } : null,
  };
}
