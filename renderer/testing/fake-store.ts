import type { ConflictView } from '../../shared/desktop/work-views.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { entityNamed } from '../../shared/entities/registry.ts';
import { judgeChange } from '../../shared/sync/judge-change.ts';
import { type LocalChange, rebase } from '../../shared/sync/merge.ts';
import type { RowChange, RowConflict } from '../../shared/sync/operation.ts';
import { fakeId } from './fake-catalogue.ts';
import { type FakeOperation, fieldsOf, isOverlaid, isRefused, titleOf } from './fake-operations.ts';
import type { FakeRows } from './fake-rows.ts';
import type { FakeSync } from './fake-sync.ts';

/** Rows, operations and conflicts of the fake app, with a server that judges by the project's own rules. */
export class FakeStore {
  operations: FakeOperation[] = [];
  conflicts: ConflictView[] = [];
  readonly #replica: FakeRows;
  /** What the server has; a run brings it here. */
  readonly #server: FakeRows;
  readonly #sync: FakeSync;
  readonly now: () => number;
  #ids = 0;

  constructor(rows: FakeRows, sync: FakeSync, now: () => number) {
    this.#replica = rows;
    this.#server = new Map([...rows].map(([entity, own]) => [entity, new Map(own)]));
    this.#sync = sync;
    this.now = now;
  }

  newId(): string {
    return fakeId(7, ++this.#ids);
  }

  /** Replica ⊕ overlay. */
  row(entity: string, id: string): StoredRow | null {
    const changes = this.#overlay(entity, id);
    return rebase(entityNamed(entity), this.#replica.get(entity)?.get(id) ?? null, changes);
  }

  rows(entity: string): { id: string; row: StoredRow }[] {
    const written = this.operations.flatMap(({ changes }) =>
      changes.filter(({ change }) => change.entity === entity).map(({ change }) => change.id),
    );
    const ids = new Set([...(this.#replica.get(entity)?.keys() ?? []), ...written]);
    return [...ids].flatMap((id) => {
      const row = this.row(entity, id);
      return row ? [{ id, row }] : [];
    });
  }

  isPending(entity: string, id: string): boolean {
    return this.#overlay(entity, id).length > 0;
  }

  isInConflict(entity: string, id: string): boolean {
    return this.conflicts.some((one) => one.entity === entity && one.rowId === id);
  }

  #overlay(entity: string, id: string): LocalChange[] {
    return this.operations
      .filter(isOverlaid)
      .flatMap(({ changes }) =>
        changes.filter(({ change }) => change.entity === entity && change.id === id),
      );
  }

  /** One operation of these changes; says which entities changed. */
  record(changes: readonly RowChange[]): string {
    const operationId = this.newId();
    const held = changes.some(({ entity, id }) => this.isInConflict(entity, id));
    this.operations.push({
      operationId,
      state: held ? 'held' : 'waiting',
      changes: changes.map((change) => ({ change, base: this.row(change.entity, change.id) })),
      at: this.now(),
      sent: false,
      attempts: 0,
      reason: null,
    });
    this.changed(changes.map(({ entity }) => entity));
    return operationId;
  }

  update(operationId: string, patch: Partial<FakeOperation>): void {
    this.operations = this.operations.map((one) =>
      one.operationId === operationId ? { ...one, ...patch } : one,
    );
  }

  /** The server, or the sending of it, gave an operation back. */
  refuse(
    operationId: string,
    answer: Pick<FakeOperation, 'reason' | 'attempts'> & {
      state: 'rejected' | 'blocked' | 'parked';
    },
  ): void {
    this.update(operationId, { ...answer, sent: true });
    this.changed(['location', 'stock_movement']);
  }

  /** Somebody else's change of a row on the server; null removes it. */
  elsewhere(entity: string, id: string, fields: StoredRow | null): void {
    const rows = this.#server.get(entity) ?? new Map<string, StoredRow>();
    this.#server.set(entity, rows);
    if (fields) rows.set(id, { ...rows.get(id), id, ...fields });
    else rows.delete(id);
  }

  /** What a complete run does: the server judges what waits, and its rows come here. */
  settle(): void {
    const waiting = this.operations.filter(({ state }) => state === 'waiting');
    for (const { operationId, changes } of waiting) {
      const conflicts = changes.flatMap((change) => this.#judge(operationId, change));
      this.update(operationId, {
        state: conflicts.length > 0 ? 'conflict' : 'applied',
        sent: true,
        attempts: 1,
      });
      this.conflicts.push(...conflicts);
    }
    for (const [entity, rows] of this.#server) this.#replica.set(entity, new Map(rows));
    if (waiting.length > 0) this.changed([...this.#server.keys()], 'sync');
  }

  #judge(operationId: string, { change, base }: LocalChange): ConflictView[] {
    const current = this.#server.get(change.entity)?.get(change.id) ?? null;
    const verdict = judgeChange(entityNamed(change.entity), change, current);
    if (verdict.kind === 'delete') this.elsewhere(change.entity, change.id, null);
    if (verdict.kind === 'write') this.elsewhere(change.entity, change.id, verdict.row);
    const conflict =
      verdict.kind === 'write' || verdict.kind === 'conflict' ? verdict.conflict : null;
    return conflict ? this.#conflictViews(operationId, conflict, { change, base }) : [];
  }

  #conflictViews(
    operationId: string,
    { entity, rowId, kind, fields, theirs }: RowConflict,
    { change, base }: LocalChange,
  ): ConflictView[] {
    const mine = fieldsOf(change);
    const shared = {
      operationId,
      entity,
      rowId,
      kind,
      title: titleOf({ ...theirs, ...base, ...mine }),
      at: this.now(),
    };
    if (kind !== 'updateUpdate') {
      const whole = change.kind === 'remove' ? null : { ...base, ...mine };
      return [{ ...shared, id: fakeId(8, ++this.#ids), field: null, base, mine: whole, theirs }];
    }
    return fields.map((field) => ({
      ...shared,
      id: fakeId(8, ++this.#ids),
      field,
      base: base?.[field] ?? null,
      mine: mine[field] ?? null,
      theirs: theirs?.[field] ?? null,
    }));
  }

  /** Tells everyone: rows of these entities, and the counts. */
  changed(entities: readonly string[], source: 'sync' | 'local' = 'local'): void {
    this.#sync.emit({ type: 'dataChanged', entities: [...new Set(entities)], source });
    this.#sync.set(this.counts());
  }

  counts(): { pending: number; conflicts: number; attention: number } {
    const isWaiting = ({ state }: FakeOperation): boolean =>
      state === 'waiting' || state === 'held';
    return {
      pending: this.operations.filter(isWaiting).length,
      conflicts: this.conflicts.length,
      attention: this.operations.filter(isRefused).length,
    };
  }

  /** What waited for a decision about the row may go. */
  release(entity: string, id: string): void {
    if (this.isInConflict(entity, id)) return;
    this.operations = this.operations.map((one) =>
      one.state === 'held' &&
      one.changes.some(({ change }) => change.entity === entity && change.id === id)
        ? { ...one, state: 'waiting' }
        : one,
    );
  }
}
