import type { Authors } from '../../auth/authors.ts';
import type { Author } from '../../auth/author.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { type EntityName, entityNamed } from '../../../shared/entities/registry.ts';
import type { OperationOutcome, ScopeVersions } from '../../../shared/sync/operation.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../../shared/sync/scope.ts';
import { settleWrites } from '../../stock/settle/settle-writes.ts';
import { storageNamed } from '../../store/entity-storage.ts';
import { OPERATION_DELETE } from '../../store/server-database.ts';
import type { ChangeTransaction } from '../change-transaction.ts';
import type { Answers, SentOperation } from './answers.ts';
import type { MissingParent } from './check-row.ts';
import { judgeOperation } from './judge-operation.ts';
import { loadRows } from './load-rows.ts';
import { OperationRefused } from './operation-refused.ts';
import { type PreparedChange, prepareOperation } from './prepare-operation.ts';
import { RowBook } from './row-book.ts';
import { RowDraft } from './row-draft.ts';
import { writeRows } from './write-rows.ts';

type Prepared = { changes: readonly PreparedChange[] } | { error: unknown };

interface DeskOptions {
  newId: () => string;
  answers: Pick<Answers, 'of'>;
  authors: Pick<Authors, 'of'>;
}

/** Decides about the operations of one transaction, one after the other, each by the rows as those before it left them. */
export class OperationDesk {
  readonly #tx: ChangeTransaction;
  readonly #newId: () => string;
  readonly #answers: Pick<Answers, 'of'>;
  readonly #authors: Pick<Authors, 'of'>;
  readonly #book: RowBook;
  readonly #prepared = new Map<SentOperation, Prepared>();

  constructor(tx: ChangeTransaction, { newId, answers, authors }: DeskOptions) {
    this.#tx = tx;
    this.#newId = newId;
    this.#answers = answers;
    this.#authors = authors;
    this.#book = new RowBook(tx);
  }

  /** Reads what deciding about all of them will need. */
  async expect(operations: readonly SentOperation[]): Promise<void> {
    const changes = operations.flatMap((operation) => {
      const prepared = this.#prepare(operation);
      return 'changes' in prepared ? prepared.changes : [];
    });
    await loadRows(this.#book, changes);
    this.#tx.expectScopes(changes.flatMap((change) => this.#scopesOf(change)));
  }

  /** Of the row as it is or will be; none if there is neither. */
  #scopesOf({ entity, change }: PreparedChange): Scope[] {
    const row = change.kind === 'create' ? change.row : this.#book.known(entity.name, change.id);
    return row === null ? [] : [scopeOf(entity.name, row)];
  }

  /** Throws what is not the operation's fault, and then nothing of the operation is left behind. */
  async decide(operation: SentOperation): Promise<OperationOutcome> {
    if ('parked' in operation) return { kind: 'parked' };
    const by = operation.after.find((id) => isRefusal(this.#answers.of(id)));
    if (by !== undefined) return { kind: 'blocked', by };
    try {
      const author = this.#authors.of(operation);
      const prepared = this.#prepare(operation);
      if ('error' in prepared) throw prepared.error;
      return await this.#judge(prepared.changes, author);
    } catch (error) {
      if (!(error instanceof OperationRefused)) throw error;
      const { code, message, details } = error;
      return { kind: 'rejected', code, message, details };
    }
  }

  /** Of what was decided, everything at once. */
  async write(): Promise<void> {
    await writeRows(this.#tx, this.#book);
    await settleWrites(this.#tx, this.#book, this.#newId);
  }

  #prepare(operation: SentOperation): Prepared {
    if ('parked' in operation) return { changes: [] };
    let prepared = this.#prepared.get(operation);
    if (prepared === undefined) {
      try {
        prepared = { changes: prepareOperation(operation) };
      } catch (error) {
        prepared = { error };
      }
      this.#prepared.set(operation, prepared);
    }
    return prepared;
  }

  async #judge(
    changes: readonly PreparedChange[],
    author: Author | null,
  ): Promise<OperationOutcome> {
    const draft = new RowDraft(this.#book, author);
    const wasDeleted = this.#wasDeleted.bind(this);
    const context = { draft, author, newId: this.#newId, wasDeleted };
    const { merged, conflicts, asOne } = await judgeOperation(context, changes);
    if (asOne && conflicts.length > 0) {
      return { kind: 'conflict', versions: {}, merged: [], conflicts };
    }
    const versions = await this.#accept(draft);
    return conflicts.length > 0
      ? { kind: 'conflict', versions, merged, conflicts }
      : { kind: 'applied', versions, merged };
  }

  async #accept(draft: RowDraft): Promise<ScopeVersions> {
    const versions: ScopeVersions = {};
    const changes = draft.changes();
    for (const { entity, id, before, row } of changes) {
      if (row !== null) assertOwn(draft, { entity, id, before, row });
      const scope = scopeOf(entity, row ?? before ?? {});
      versions[scope] ??= await this.#tx.versionOf(scope);
    }
    for (const { entity, id, row } of changes) this.#book.stage(entity, id, row);
    return versions;
  }

  async #wasDeleted({ entity, id }: MissingParent, child: StoredRow): Promise<boolean> {
    if (this.#book.isStaged(entity, id)) return true;
    const tombstone = await this.#tx.db
      .selectFrom('sync_change')
      .innerJoin('sync_scope', 'sync_scope.scope_id', 'sync_change.scope_id')
      .select('id')
      .where('scope', '=', scopeOf(entity, child))
      .where('entity', '=', storageNamed(entity).place)
      .where('id', '=', id)
      .where('operation', '=', OPERATION_DELETE)
      .executeTakeFirst();
    return tombstone !== undefined;
  }
}

/** The last gate: what was judged as if it were not there is not written over. */
function assertOwn(
  draft: RowDraft,
  {
    entity,
    id,
    before,
    row,
  }: { entity: EntityName; id: string; before: StoredRow | null; row: StoredRow },
): void {
  if (!draft.sees(entity, row)) {
    throw new OperationRefused('NOT_FOUND', 'There is no such site.', { details: { entity, id } });
  }
  if (before === null || draft.sees(entity, before)) return;
  throw new OperationRefused('CONFLICT', 'This id is taken.', { details: { entity, id } });
}

/** Rows of a site point to rows of their own site only, so that one's scope is also the other's. */
function scopeOf(entity: EntityName, { site_id: siteId }: StoredRow): Scope {
  return entityNamed(entity).scope === 'catalogue' ? CATALOGUE_SCOPE : siteScope(String(siteId));
}

/** Nothing of it was done, so what builds on it cannot be done either. */
function isRefusal(outcome: OperationOutcome | null): boolean {
  switch (outcome?.kind) {
    case undefined:
    case 'applied':
      return false;
    case 'conflict':
      return Object.keys(outcome.versions).length === 0;
    default:
      return true;
  }
}
