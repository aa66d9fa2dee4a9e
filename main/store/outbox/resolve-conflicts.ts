import type { Resolution } from '../../../shared/desktop/work-views.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { type Decided, decidedChanges, type KeptConflict, type RowOf } from './decided-changes.ts';
import type { OutboxStore } from './outbox-store.ts';
import { isHeldWhole, wholeOperation } from './whole-operation.ts';

export interface ResolvePorts extends OutboxStore {
  now: () => number;
  newId: () => string;
  rowOf: RowOf;
}

/**
 * Carries out what a person has decided. Whatever is not the server's becomes one new operation per row, which starts from
 * what the person saw of the server's; the row's later work, which was held back, follows it. An operation that was judged
 * as one goes again as one, when all that was asked about it is decided. Throws NOT_FOUND for a conflict that is settled
 * already, BAD_INPUT for a value that does not fit.
 */
export function resolveConflicts(ports: ResolvePorts, resolutions: readonly Resolution[]): void {
  const { db, outbox } = ports;
  outbox.together(() => {
    const decided = resolutions.map(({ conflictId, choice }) => ({
      conflict: openConflict(ports, conflictId),
      choice,
    }));
    const close = db.prepare('UPDATE conflict SET resolved = ? WHERE conflict_id = ?');
    for (const { conflict, choice } of decided) {
      close.run(JSON.stringify({ choice, at: ports.now() }), conflict.conflictId);
    }
    for (const [position, ofOperation] of Map.groupBy(decided, (one) => one.conflict.position)) {
      if (isHeldWhole(db, outbox.changesOf(position), position)) sendAsOne(ports, position);
      else for (const row of byRow(ofOperation).values()) sendRow(ports, row);
    }
  });
}

function byRow(decided: readonly Decided[]): Map<string, Decided[]> {
  return Map.groupBy(decided, ({ conflict: { entity, rowId } }) => `${entity} ${rowId}`);
}

function sendRow(ports: ResolvePorts, decided: readonly Decided[]): void {
  const changes = decidedChanges(ports.rowOf, decided);
  if (changes.length === 0) return;
  ports.outbox.append({ operationId: ports.newId(), at: ports.now(), changes });
  const [first] = decided;
  if (first) ports.outbox.moveToEnd(first.conflict.entity, first.conflict.rowId);
}

function sendAsOne(ports: ResolvePorts, position: number): void {
  const { outbox, rowOf } = ports;
  const all = decisionsOf(ports, position);
  if (all.some(({ choice }) => choice === null)) return;
  const changes = wholeOperation(rowOf, outbox.changesOf(position), byRow(all as Decided[]));
  if (changes.length === 0) return;
  outbox.append({ operationId: ports.newId(), at: ports.now(), changes });
  for (const { conflict } of all) outbox.moveToEnd(conflict.entity, conflict.rowId);
}

const KEPT = `SELECT k.conflict_id AS conflictId, k.position, k.entity, k.row_id AS rowId, k.scope, k.kind, k.field,
    k.base, k.mine, k.theirs, k.parent, k.resolved,
    (SELECT coalesce(c.base, json_extract(c.change, '$.row')) FROM operation_change c
     WHERE c.position = k.position AND c.entity = k.entity AND c.row_id = k.row_id LIMIT 1) AS row
  FROM conflict k`;

function openConflict({ db }: ResolvePorts, conflictId: string): KeptConflict {
  const row = db.prepare(`${KEPT} WHERE k.conflict_id = ? AND k.resolved IS NULL`).get(conflictId);
  if (row !== undefined) return row as KeptConflict;
  throw new TallymanError(
    'NOT_FOUND',
    'There is no such open conflict. It may be settled already.',
    { details: { conflictId } },
  );
}

/** All that was asked about an operation; the choice is null where a person has not decided yet. */
function decisionsOf(
  { db }: ResolvePorts,
  position: number,
): { conflict: KeptConflict; choice: Resolution['choice'] | null }[] {
  const rows = db.prepare(`${KEPT} WHERE k.position = ?`).all(position) as (KeptConflict & {
    resolved: string | null;
  })[];
  return rows.map((conflict) => ({
    conflict,
    choice:
      conflict.resolved === null
        ? null
        : (JSON.parse(conflict.resolved) as { choice: Resolution['choice'] }).choice,
  }));
}
