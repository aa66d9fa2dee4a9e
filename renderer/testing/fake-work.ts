import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type { ConflictView, Resolution } from '../../shared/desktop/work-views.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { entityNamed } from '../../shared/entities/registry.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { LocalChange } from '../../shared/sync/merge.ts';
import type { RowChange } from '../../shared/sync/operation.ts';
import { type FakeOperation, isRefused, isSettled, viewOf } from './fake-operations.ts';
import type { FakeStore } from './fake-store.ts';

type WorkCalls = DesktopApp['work'];

/** The real contract of `work` over the fake store. */
export function createFakeWork(store: FakeStore, calls: string[]): WorkCalls {
  const find = (operationId: string): FakeOperation => {
    const found = store.operations.find((one) => one.operationId === operationId);
    if (!found) throw new TallymanError('NOT_FOUND', 'This change is not in the list any more.');
    return found;
  };
  const remove = (operation: FakeOperation): void => {
    store.operations = store.operations.filter((one) => one !== operation);
    store.changed(entitiesOf(operation));
  };
  return {
    pending: async ({ limit, show, after = 0 }) => {
      const shown = store.operations.filter(SHOWN[show]);
      const { pending, attention } = store.counts();
      const ordered = show === 'settled' ? shown.toReversed() : shown;
      const items = ordered.slice(after, after + limit).map(viewOf);
      const next = items.length < limit ? null : after + limit;
      return { waiting: pending, attention, items, next };
    },
    undo: async (operationId) => {
      calls.push(`undo ${operationId}`);
      const operation = find(operationId);
      if (!operation.sent) remove(operation);
      else store.record(operation.changes.toReversed().map((change) => reversed(store, change)));
    },
    retry: async ({ operationId, fields }) => {
      calls.push(`retry ${operationId}`);
      const operation = find(operationId);
      remove(operation);
      store.record(
        operation.changes.map(({ change }, at) => (at === 0 ? corrected(change, fields) : change)),
      );
    },
    discard: async (operationId) => {
      calls.push(`discard ${operationId}`);
      const operation = find(operationId);
      store.update(operationId, { state: 'discarded' });
      store.changed(entitiesOf(operation));
    },
    conflicts: async () => store.conflicts,
    resolve: async (resolutions) => {
      calls.push(`resolve ${JSON.stringify(resolutions.map(({ choice }) => choice))}`);
      resolve(store, resolutions);
    },
  };
}

const SHOWN = { settled: isSettled, attention: isRefused, open: isOpen } as const;

function isOpen(operation: FakeOperation): boolean {
  return !isSettled(operation) && operation.state !== 'conflict';
}

function entitiesOf({ changes }: FakeOperation): string[] {
  return changes.map(({ change }) => change.entity);
}

function corrected(change: RowChange, fields: StoredRow): RowChange {
  if (change.kind === 'create') return { ...change, row: { ...change.row, ...fields } };
  return change.kind === 'update' ? { ...change, to: { ...change.to, ...fields } } : change;
}

function reversed(store: FakeStore, { change, base }: LocalChange): RowChange {
  const { entity, version, id } = change;
  const { reverse } = entityNamed(entity).pattern;
  switch (change.kind) {
    case 'update':
      return { ...change, from: change.to, to: change.from };
    case 'remove':
      return { entity, version, id, kind: 'create', row: base ?? change.from };
    case 'create': {
      if (!reverse) return { entity, version, id, kind: 'remove', from: change.row };
      const newId = store.newId();
      return { ...change, id: newId, row: { ...reverse(change.row, store.now()), id: newId } };
    }
  }
}

function resolve(store: FakeStore, resolutions: readonly Resolution[]): void {
  const decided = resolutions.flatMap(({ conflictId, choice }) => {
    const conflict = store.conflicts.find(({ id }) => id === conflictId);
    return conflict ? [{ conflict, choice }] : [];
  });
  const [first] = decided;
  if (!first) throw new TallymanError('NOT_FOUND', 'This was decided already.');
  const changes = decided.flatMap(({ conflict, choice }) => changesOf(conflict, choice));
  const gone = new Set(decided.map(({ conflict }) => conflict));
  store.conflicts = store.conflicts.filter((one) => !gone.has(one));
  for (const { conflict } of decided) {
    store.update(conflict.operationId, { state: 'applied' });
    store.release(conflict.entity, conflict.rowId);
  }
  if (changes.length > 0) store.record(changes);
  store.changed([first.conflict.entity]);
}

function changesOf(conflict: ConflictView, choice: Resolution['choice']): RowChange[] {
  if (choice === 'theirs') return [];
  const { entity, rowId: id, field, theirs, mine } = conflict;
  const shared = { entity, version: entityNamed(entity).version, id };
  if (field !== null) {
    const to = choice === 'mine' ? (mine as StoredRow[string]) : choice.merged;
    return [
      {
        ...shared,
        kind: 'update',
        from: { [field]: theirs as StoredRow[string] },
        to: { [field]: to },
      },
    ];
  }
  if (mine === null) return [{ ...shared, kind: 'remove', from: theirs as StoredRow }];
  return [{ ...shared, kind: 'create', row: { ...(mine as StoredRow), id } }];
}
