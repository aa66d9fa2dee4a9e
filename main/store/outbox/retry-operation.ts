import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { entityNamed } from '../../../shared/entities/registry.ts';
import { TallymanError } from '../../../shared/errors.ts';
import type { RowChange } from '../../../shared/sync/operation.ts';
import { validRow } from '../records/valid-row.ts';
import { isRefused, mustFind, type UndoPorts } from './undo-operation.ts';

/**
 * Sends a refused operation again: as a new one, because the old number has its answer for ever. `fields` are what a
 * person has put right in its first change. Throws NOT_FOUND, CONFLICT if it was not refused, BAD_INPUT.
 */
export function retryOperation(
  { outbox, now, newId }: UndoPorts,
  { operationId, fields }: { operationId: string; fields: StoredRow },
): void {
  outbox.together(() => {
    const operation = mustFind(outbox, operationId);
    if (!isRefused(operation)) {
      throw new TallymanError('CONFLICT', 'Only work that was refused can be sent again.');
    }
    const changes = operation.changes.map((one, at) =>
      at === 0 ? { ...one, change: corrected(one.change, one.base, fields) } : one,
    );
    outbox.discard(operationId, now());
    outbox.append({ operationId: newId(), at: now(), changes });
  });
}

/** Gives a refused operation up. Its text stays in the list of settled work for a while. */
export function discardOperation(
  { outbox, now }: Omit<UndoPorts, 'newId'>,
  operationId: string,
): void {
  if (!isRefused(mustFind(outbox, operationId))) {
    throw new TallymanError('CONFLICT', 'Only work that was refused can be discarded.');
  }
  outbox.discard(operationId, now());
}

function corrected(change: RowChange, base: StoredRow | null, fields: StoredRow): RowChange {
  if (Object.keys(fields).length === 0 || change.kind === 'remove') return change;
  const entity = entityNamed(change.entity);
  if (change.kind === 'create') {
    return { ...change, row: validRow(entity, { ...change.row, ...fields, id: change.id }) };
  }
  const to = { ...change.to, ...fields };
  const row = validRow(entity, { ...base, ...to });
  const from = Object.fromEntries(Object.keys(to).map((name) => [name, base?.[name] ?? null]));
  return {
    ...change,
    from,
    to: Object.fromEntries(Object.keys(to).map((name) => [name, row[name] ?? null])),
  };
}
