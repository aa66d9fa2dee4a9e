import { scopeKindOf } from '../sync/scope.ts';
import { newState, type ReplicaIdentity, type ReplicaState, writeState } from './replica-state.ts';
import { replicaSchema } from './replica-schema.ts';
import { createSearchTables } from './search/search-schema.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Makes the tables of a replica in an empty file, without indexes: `finishReplica` makes those when the rows are in. */
export function createReplica(
  db: SqlDatabase,
  identity: Omit<ReplicaIdentity, 'fingerprint'>,
): ReplicaState {
  const { tables, fingerprint } = replicaSchema(scopeKindOf(identity.scope));
  const state = newState({ ...identity, fingerprint });
  db.exec('BEGIN IMMEDIATE');
  for (const table of tables) db.exec(table);
  if (identity.scope === 'catalogue') createSearchTables(db);
  writeState(db, state);
  db.exec('COMMIT');
  return state;
}
