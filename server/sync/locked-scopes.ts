import type { Transaction } from 'kysely';
import type { Scope } from '../../shared/sync/scope.ts';
import { flavourOf } from '../store/engine/flavour-of.ts';
import type { ServerDatabase } from '../store/server-database.ts';

/** The scopes that a transaction asked for, and whether it holds them: not those that there are not. Or it writes alone. */
export type LockedScopes = Map<Scope, boolean> | 'all';

/**
 * What a transaction throws that meets a scope which it does not hold: it has read rows that others may have changed since, so
 * it has to begin again with that scope as well. Not an error that anybody may answer.
 */
export class ScopeNotLocked extends Error {
  readonly scopes: readonly Scope[];

  constructor(scopes: readonly Scope[]) {
    super(`Not locked: ${scopes.join(', ')}`);
    this.scopes = scopes;
  }
}

/**
 * The first statement of a transaction that changes entities. Whoever wants one of these scopes waits for its commit. Always in
 * the order of the names, so that no two wait for each other. Scopes that there are not are passed over.
 */
export async function lockScopes(
  db: Transaction<ServerDatabase>,
  scopes: ReadonlySet<Scope>,
): Promise<LockedScopes> {
  const { writesAlone, idAmong } = flavourOf(db);
  if (writesAlone) return 'all';
  const locked = new Map([...scopes].map((scope) => [scope, false]));
  if (scopes.size === 0) return locked;
  const rows = await db
    .selectFrom('sync_scope')
    .select('scope')
    .where(idAmong('scope', [...scopes]))
    .orderBy('scope')
    .forUpdate()
    .execute();
  for (const { scope } of rows) locked.set(scope as Scope, true);
  return locked;
}
