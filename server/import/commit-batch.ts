import type { ServerStore } from '../store/open-store.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { readScopeStates } from '../sync/scope-state.ts';

/**
 * A batch of an import may change every scope, and the importer remembers what it has seen, so all of them are locked and the
 * batch runs once. Sites that it makes itself are its own until the commit.
 */
export async function commitBatch<T>(
  store: ServerStore,
  work: (tx: ChangeTransaction) => Promise<T>,
): Promise<{ result: T }> {
  const scopes = (await readScopeStates(store.reader)).keys();
  return commitChanges(store, work, { scopes, once: true });
}
