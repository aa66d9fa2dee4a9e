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

/** What every answer about a scope says of it. */
export function answerHead(scope: Scope, { epoch, version, rowCount, rowSum }: ScopeState) {
  return { scope, epoch, version, digest: { count: rowCount, sum: rowSum } };
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

export interface Heads {
  /** The number of the laptop's newest operation that has an outcome; 0 if it has sent none. */
  lastNumber: number;
  /** Of the scopes that there are and that whoever asks may know of. */
  states: ReadonlyMap<Scope, ScopeState>;
}

/** What every pull begins with, by one statement, so that all of it is of one moment without a transaction. */
export async function readHeads(
  db: Kysely<ServerDatabase>,
  actor: Actor,
  { deviceId, scopes }: { deviceId: string; scopes: readonly Scope[] },
): Promise<Heads> {
  const visible = scopes.filter((scope) => maySee(actor, scope));
  const own = db.selectNoFrom((device) =>
    device
      .selectFrom('sync_device')
      .select('last_number')
      .where('device_id', '=', deviceId)
      .as('last_number'),
  );
  const rows = await db
    .selectFrom(own.as('own'))
    .leftJoin('sync_scope', (join) => join.on(flavourOf(db).idAmong('scope', visible)))
    .selectAll('sync_scope')
    .select('own.last_number')
    .execute();
  return {
    lastNumber: rows[0]?.last_number ?? 0,
    states: new Map(rows.filter(isScopeRow).map((row) => [row.scope as Scope, stateOf(row)])),
  };
}

type ScopeRow = Selectable<ServerDatabase['sync_scope']>;

/** The join has one row without a scope if it finds none. */
function isScopeRow<T extends { [K in keyof ScopeRow]: ScopeRow[K] | null }>(
  row: T,
): row is T & ScopeRow {
  return row.scope !== null;
}

export async function readScopeStates(
  db: Kysely<ServerDatabase>,
): Promise<ReadonlyMap<Scope, ScopeState>> {
  const rows = await db.selectFrom('sync_scope').selectAll().orderBy('scope_id').execute();
  return new Map(rows.map((row) => [row.scope as Scope, stateOf(row)]));
}

function stateOf(row: ScopeRow): ScopeState {
  return {
    scopeId: row.scope_id,
    epoch: row.epoch,
    version: row.version,
    floorVersion: row.floor_version,
    rowCount: row.row_count,
    rowSum: row.row_sum,
  };
}
