import type { Kysely } from 'kysely';
import type { Scope } from '../../../shared/sync/scope.ts';
import type { ServerDatabase } from '../server-database.ts';
import type { ScopeVersions } from './version-feed.ts';

/** Of every scope, as they are now. */
export async function readVersions(db: Kysely<ServerDatabase>): Promise<ScopeVersions> {
  const rows = await db.selectFrom('sync_scope').select(['scope', 'version']).execute();
  return new Map(rows.map(({ scope, version }) => [scope as Scope, version]));
}
