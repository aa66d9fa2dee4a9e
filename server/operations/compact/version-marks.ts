import type { ServerStore } from '../../store/open-store.ts';

/** When versions were last noted, which is when the store was last cleaned up; null if it never was. */
export async function lastMarkedAt(store: ServerStore): Promise<number | null> {
  const newest = await store.reader
    .selectFrom('scope_mark')
    .select((mark) => mark.fn.max<number | null>('marked_at').as('at'))
    .executeTakeFirst();
  return newest?.at ?? null;
}

/** Notes which version every scope has now, and forgets marks that a newer one makes needless: those older than `before`. */
export async function markVersions(
  store: ServerStore,
  { now, before }: { now: number; before: number },
): Promise<void> {
  await store.writer.transaction().execute(async (db) => {
    const scopes = await db.selectFrom('sync_scope').select(['scope_id', 'version']).execute();
    for (const { scope_id, version } of scopes) {
      await db
        .insertInto('scope_mark')
        .values({ scope_id, marked_at: now, version })
        .onConflict((conflict) =>
          conflict.columns(['scope_id', 'marked_at']).doUpdateSet({ version }),
        )
        .execute();
      await db
        .deleteFrom('scope_mark')
        .where('scope_id', '=', scope_id)
        .where('marked_at', '<', (marks) =>
          marks
            .selectFrom('scope_mark as kept')
            .select((kept) => kept.fn.max<number>('kept.marked_at').as('at'))
            .where('kept.scope_id', '=', scope_id)
            .where('kept.marked_at', '<=', before),
        )
        .execute();
    }
    // Of sites that have ended.
    await db
      .deleteFrom('scope_mark')
      .where('scope_id', 'not in', (scope) => scope.selectFrom('sync_scope').select('scope_id'))
      .execute();
  });
}
