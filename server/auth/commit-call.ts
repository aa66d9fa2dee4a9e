import { entityNamed } from '../../shared/entities/registry.ts';
import { CATALOGUE_SCOPE, siteScope } from '../../shared/sync/scope.ts';
import { type SaveOutcome, saveRow } from '../catalogue/save-row.ts';
import type { ServerStore } from '../store/open-store.ts';
import type { EntityRows, TableName } from '../store/server-database.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import type { Actor } from './actor.ts';
import { assertMaySave } from './assert-may-save.ts';
import { audit } from './audit.ts';
import { type Author, authorOf } from './author.ts';

/** What a procedure that writes is given. */
export interface Call {
  ctx: {
    store: ServerStore;
    actor: Actor;
    now: () => number;
    requestId: string;
  };
  path: string;
}

/** What the line of the audit names. */
export interface CallSubject {
  id: string;
  siteId?: string | undefined;
}

/** Runs the work of a procedure, with the author's rights and with its line in the audit, in one transaction. */
export async function commitCall<T extends string>(
  { ctx, path }: Call,
  { id, siteId }: CallSubject,
  work: (tx: ChangeTransaction, author: Author | null) => Promise<T>,
): Promise<{ outcome: T }> {
  const { store, actor, now, requestId } = ctx;
  const author = authorOf(actor);
  const write = async (tx: ChangeTransaction): Promise<T> => {
    const outcome = await work(tx, author);
    const who =
      actor.kind === 'person' ? { personId: actor.personId, deviceId: actor.deviceId } : {};
    const what = { action: path, subject: id, siteId, outcome };
    await audit(store, tx.db, [{ at: now(), ...who, requestId, ...what }]);
    return outcome;
  };
  const scopes = [siteId === undefined ? CATALOGUE_SCOPE : siteScope(siteId)];
  const { result } = await commitChanges(store, write, { scopes });
  return { outcome: result };
}

/** The whole of most procedures that write a row. Events are added, and never written over. */
export function saveEntity<TName extends TableName>(
  call: Call,
  entity: TName,
  row: EntityRows[TName],
): Promise<{ outcome: SaveOutcome }> {
  return commitCall(call, subjectOf(row), async (tx, author) => {
    await assertMaySave(tx, author, { entity, row });
    if (entityNamed(entity).pattern.kind !== 'appendOnly') return saveRow(tx, entity, row);
    await tx.insert(entity, [row]);
    return 'created';
  });
}

export function subjectOf(row: { id: string; site_id?: string }): CallSubject {
  return { id: row.id, siteId: row.site_id };
}
