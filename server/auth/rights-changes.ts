import type { Kysely } from 'kysely';
import type { ServerDatabase } from '../store/server-database.ts';

/** To be called last in every transaction after which somebody may do less than before, or as somebody else. */
export async function noteRightsChange(db: Kysely<ServerDatabase>): Promise<void> {
  await db
    .updateTable('server_meta')
    .set((meta) => ({ rights_changes: meta('rights_changes', '+', 1) }))
    .execute();
}

/** As one snapshot shows it: the same number twice means that nobody's rights were changed in between, in any process. */
export async function readRightsChanges(db: Kysely<ServerDatabase>): Promise<number> {
  const meta = await db
    .selectFrom('server_meta')
    .select('rights_changes')
    .executeTakeFirstOrThrow();
  return meta.rights_changes;
}
