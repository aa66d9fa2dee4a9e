import { openStore } from '../../store/open-store.ts';

/** Of sessions that a restore ended. */
const END_REASON = 'restored';

/**
 * Prepares the store of a backup for its return. Each scope gets a new epoch: versions are given anew from here, so none of
 * those that laptops have seen may be taken for one of them. Sessions end, because nobody knows which of them were ended
 * since the backup was taken, for a stolen laptop perhaps; people sign in again.
 */
export async function beginNewHistory(
  folder: string,
  { now, makeEpoch }: { now: () => number; makeEpoch: () => string },
): Promise<void> {
  const store = await openStore({ dataDir: folder });
  try {
    await store.writer.transaction().execute(async (db) => {
      const scopes = await db.selectFrom('sync_scope').select('scope_id').execute();
      for (const { scope_id } of scopes) {
        await db
          .updateTable('sync_scope')
          .set({ epoch: makeEpoch() })
          .where('scope_id', '=', scope_id)
          .execute();
      }
      await db
        .updateTable('session')
        .set({ ended_at: now(), end_reason: END_REASON })
        .where('ended_at', 'is', null)
        .execute();
    });
  } finally {
    await store.close();
  }
}
