import type { OperationState, OperationView } from '../../shared/desktop/work-views.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import type { LocalChange } from '../../shared/sync/merge.ts';
import type { RowChange } from '../../shared/sync/operation.ts';

/** One action of a person, as the fake app keeps it. */
export interface FakeOperation {
  operationId: string;
  state: OperationState;
  changes: readonly LocalChange[];
  at: number;
  sent: boolean;
  attempts: number;
  reason: OperationView['reason'];
}

/** Those that the replica does not show, and the server has not refused. */
export function isOverlaid({ state }: FakeOperation): boolean {
  return state === 'waiting' || state === 'held' || state === 'conflict';
}

export function isRefused({ state }: FakeOperation): boolean {
  return state === 'rejected' || state === 'blocked' || state === 'parked';
}

export function isSettled({ state }: FakeOperation): boolean {
  return state === 'applied' || state === 'discarded';
}

/** What a change gives the row's fields. */
export function fieldsOf(change: RowChange): StoredRow {
  if (change.kind === 'create') return change.row;
  return change.kind === 'update' ? change.to : {};
}

export function viewOf(operation: FakeOperation): OperationView {
  const [first] = operation.changes;
  if (!first) throw new Error('an operation without changes');
  const { change, base } = first;
  const fields = fieldsOf(change);
  const { operationId, state, at, sent, attempts, reason } = operation;
  return {
    operationId,
    state,
    entity: change.entity,
    rowId: change.id,
    kind: change.kind,
    changes: operation.changes.length,
    title: titleOf({ ...base, ...fields }),
    fields,
    at,
    sent,
    attempts,
    reason,
  };
}

export function titleOf(row: StoredRow): string | null {
  const title = row['code'] ?? row['name'] ?? row['text'];
  return title === undefined || title === null ? null : String(title);
}
