import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { assert } from '../../shared/domain/assert.ts';
import { DIGEST_MODULUS } from '../../shared/sync/digest.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import { sql } from 'kysely';
import { CHANGE_INDEX } from '../store/change-index.ts';
import { flavourOf } from '../store/engine/flavour-of.ts';
import type { ServerStore } from '../store/open-store.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { ChangeTransaction } from './change-transaction.ts';
import { lockScopes, ScopeNotLocked } from './locked-scopes.ts';
import type { ScopeTouch } from './scope-touch.ts';

export interface CommittedChanges<T> {
  result: T;
  /** The new version of every scope that changed. */
  versions: ReadonlyMap<Scope, number>;
}

export interface CommitOptions {
  /** Scopes that `work` is expected to change. Others are found as it runs, which then has to run again. */
  scopes?: Iterable<Scope> | undefined;
  /** `work` remembers what it has seen, so it cannot run again: whoever called has to begin anew. */
  once?: boolean | undefined;
}

/** Each finds at least one more scope, as a rule all that are missing. */
const RUNS_TO_FIND_SCOPES_MAX = 16;
/** Of transactions that were in each other's way although their scopes were locked in order: parents in other scopes. */
const CLASHES_MAX = 8;
const CLASH_WAIT_MS = 20;

/**
 * The only way to change entities. Runs `work` in one write transaction; its last statements raise the version of every
 * touched scope by one, in ascending order of the scopes' names, and enter the touched rows in the change index.
 *
 * The lock on the scope's row is held to the commit, so versions become visible in the order of their numbers: who sees
 * version N of a scope has all of 1…N.
 *
 * On SQLite a write transaction is alone. On PostgreSQL the scopes are locked before anything is read, and `work` runs again
 * if it touches another one or clashes with another transaction: it must not keep anything of an earlier run.
 *
 * For bulk work, commits of some 20,000 rows were quickest: each dirties pages all over the indexes, so commits of 5,000
 * write the same pages four times as often, and larger ones gain nothing and make others wait.
 */
export async function commitChanges<T>(
  store: ServerStore,
  work: (tx: ChangeTransaction) => Promise<T>,
  options: CommitOptions = {},
): Promise<CommittedChanges<T>> {
  const scopes = new Set(options.scopes);
  for (let runs = 1, clashes = 0; ; runs++) {
    try {
      const committed = await commitOnce(store, scopes, work);
      store.pokes.announce(committed.versions);
      return committed;
    } catch (error) {
      const mayRunAgain = options.once !== true;
      if (error instanceof ScopeNotLocked) {
        if (!mayRunAgain || runs >= RUNS_TO_FIND_SCOPES_MAX) throw busy(error);
        for (const scope of error.scopes) scopes.add(scope);
      } else if (mayRunAgain && clashes < CLASHES_MAX && flavourOf(store.writer).isClash(error)) {
        await sleep(CLASH_WAIT_MS * 2 ** clashes++ * store.random());
      } else throw error;
    }
  }
}

function busy(cause: unknown): TallymanError {
  return new TallymanError(
    'SERVER_BUSY',
    'Somebody else changed the same at the same moment. Try again.',
    { cause },
  );
}

async function commitOnce<T>(
  store: ServerStore,
  scopes: ReadonlySet<Scope>,
  work: (tx: ChangeTransaction) => Promise<T>,
): Promise<CommittedChanges<T>> {
  return store.writer.transaction().execute(async (db) => {
    const tx = new ChangeTransaction(store, db, await lockScopes(db, scopes));
    const result = await work(tx);
    if (tx.refusal !== null) throw tx.refusal;
    const touches = tx.touches().toSorted((a, b) => (a.scope < b.scope ? -1 : 1));
    const versions = new Map<Scope, number>();
    for (const touch of touches) {
      await raiseVersion(db, touch);
      await enterChanges(store, db, touch);
      versions.set(touch.scope, touch.version);
    }
    return { result, versions };
  });
}

async function raiseVersion(db: Transaction<ServerDatabase>, touch: ScopeTouch): Promise<void> {
  const raised = await db
    .updateTable('sync_scope')
    .set((scope) => ({
      version: scope('version', '+', 1),
      row_count: scope('row_count', '+', touch.countChange),
      row_sum: sql<number>`(row_sum + ${touch.sumChange}) % ${DIGEST_MODULUS}`,
    }))
    .where('scope_id', '=', touch.scopeId)
    .returning('version')
    .executeTakeFirstOrThrow();
  // Rows are stamped before the version is raised, which is sound because nobody else can have changed the scope.
  assert(raised.version === touch.version, `${touch.scope} was changed by another transaction`);
}

async function enterChanges(
  store: ServerStore,
  db: Transaction<ServerDatabase>,
  touch: ScopeTouch,
): Promise<void> {
  for (const [entity, rows] of touch.rows) {
    const entries = [...rows].map(([id, { operation, hash }]) => [
      touch.scopeId,
      entity,
      id,
      touch.version,
      operation,
      hash,
    ]);
    await store.bulk.write(db, CHANGE_INDEX, entries);
  }
}
