import type { Kysely, Selectable } from 'kysely';
import { type Actor, maySee } from '../auth/actor.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import { flavourOf } from '../store/engine/flavour-of.ts';
import type { ServerDatabase } from '../store/server-database.ts';

/** A scope as one read snapshot shows it. */
export interface ScopeState {
  scopeId: number;
  epoch: string;
  version: number;
  floorVersion: number;
  rowCount: number;
  rowSum: number;
}

/** Null if the server has no such scope. */
export async function readScopeState(
  db: Kysely<ServerDatabase>,
  scope: Scope,
): Promise<ScopeState | null> {
  const row = await db
    .selectFrom('sync_scope')
    .selectAll()
    .where('scope', '=', scope)
    .executeTakeFirst();
  return row === undefined ? null : stateOf(row);
}

/** Null as well if whoever asks must not know of it. */
export async function readVisibleState(
  db: Kysely<ServerDatabase>,
  actor: Actor,
  scope: Scope,
): Promise<ScopeState | null> {
  return maySee(actor, scope) ? readScopeState(db, scope) : null;
}

/** Those of `scopes` that there are and that whoever asks may know of. */
export async function readVisibleStates(
  db: Kysely<ServerDatabase>,
  actor: Actor,
  scopes: readonly Scope[],
): Promise<ReadonlyMap<Scope, ScopeState>> {
  const visible = scopes.filter((scope) => maySee(actor, scope));
  const rows = await db
    .selectFrom('sync_scope')
    .selectAll()
    .where(flavourOf(db).idAmong('scope', visible))
    .execute();
  return new Map(rows.map((row) => [row.scope as Scope, stateOf(row)]));
}

export async function readScopeStates(
  db: Kysely<ServerDatabase>,
): Promise<ReadonlyMap<Scope, ScopeState>> {
  const rows = await db.selectFrom('sync_scope').selectAll().orderBy('scope_id').execute();
  return new Map(rows.map((row) => [row.scope as Scope, stateOf(row)]));
}

function stateOf(row: Selectable<ServerDatabase['sync_scope']>): ScopeState {
  return {
    scopeId: row.scope_id,
    epoch: row.epoch,
    version: row.version,
    floorVersion: row.floor_version,
    rowCount: row.row_count,
    rowSum: row.row_sum,
  };
}
