import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { entityNamed } from '../../../shared/entities/registry.ts';
import { TallymanError } from '../../../shared/errors.ts';
import type { KeptOperation, NewChange } from './new-operation.ts';
import type { Outbox } from './outbox.ts';

export interface UndoPorts {
  outbox: Outbox;
  now: () => number;
  newId: () => string;
}

/**
 * Takes an operation back. One that was never taken to be sent goes without a trace; a refused one is given up; for any
 * other a counter-operation is recorded, which reaches the server like all work. Throws NOT_FOUND, or CONFLICT if it was
 * taken back already or later work builds on it.
 */
export function undoOperation({ outbox, now, newId }: UndoPorts, operationId: string): void {
  outbox.together(() => {
    const operation = mustFind(outbox, operationId);
    if (operation.state === 'discarded' || outbox.isUndone(operationId)) {
      throw new TallymanError('CONFLICT', 'This was taken back already.');
    }
    if (isRefused(operation)) {
      outbox.discard(operationId, now());
      return;
    }
    if (outbox.isAskedAbout(operation.position)) {
      throw new TallymanError('CONFLICT', 'Decide about its conflict first.');
    }
    if (outbox.hasLater(operation.position)) {
      throw new TallymanError(
        'CONFLICT',
        'The same was changed again afterwards. Take the later change back first.',
      );
    }
    if (operation.state === 'waiting' && operation.number === null) {
      outbox.remove(operationId);
      return;
    }
    const at = now();
    const changes = operation.changes
      .toReversed()
      .map((change) => counterChange(change, { at, newId }));
    outbox.append({ operationId: newId(), at, changes, undoes: operationId });
  });
}

export function mustFind(outbox: Outbox, operationId: string): KeptOperation {
  const operation = outbox.find(operationId);
  if (operation) return operation;
  throw new TallymanError('NOT_FOUND', 'This laptop does not know that piece of work any more.');
}

export function isRefused({ state }: KeptOperation): boolean {
  return state === 'rejected' || state === 'blocked' || state === 'parked';
}

function counterChange(
  { change, base, scope }: NewChange,
  { at, newId }: { at: number; newId: () => string },
): NewChange {
  const { entity, id, version } = change;
  const { reverse } = entityNamed(entity).pattern;
  const which = { entity, id, version };
  switch (change.kind) {
    case 'create': {
      if (reverse === null) {
        return { change: { ...which, kind: 'remove', from: change.row }, base: change.row, scope };
      }
      const reversal = newId();
      const row = { ...reverse(change.row, at), id: reversal };
      return { change: { ...which, kind: 'create', id: reversal, row }, base: null, scope };
    }
    case 'update': {
      const { from, to } = change;
      const changed: StoredRow = { ...base, ...to };
      return { change: { ...which, kind: 'update', from: to, to: from }, base: changed, scope };
    }
    case 'remove':
      return { change: { ...which, kind: 'create', row: change.from }, base: null, scope };
  }
}
