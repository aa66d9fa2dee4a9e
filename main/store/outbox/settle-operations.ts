import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { entityNamed } from '../../../shared/entities/registry.ts';
import { rebase } from '../../../shared/sync/merge.ts';
import type { OperationOutcome, PushResult, RowConflict } from '../../../shared/sync/operation.ts';
import type { WritableDatabase } from '../sqlite.ts';
import type { KeptOperation, NewChange } from './new-operation.ts';
import { fileConflict } from './file-conflict.ts';
import type { OutboxStore } from './outbox-store.ts';

export interface SettleOptions {
  /** UTC epoch milliseconds. */
  now: number;
  newId: () => string;
  /** The row as this laptop still shows it; for a parent that turns out to be deleted. */
  rowOf: (entity: string, id: string) => StoredRow | null;
}

export interface Settled {
  /** Operations whose answer is new to this laptop. */
  operations: number;
  conflicts: number;
  entities: ReadonlySet<string>;
}

/**
 * Files the server's answers, all in one transaction. An answer that was filed before is passed over, so it does not
 * matter how often or in which order answers come.
 */
export function settleOperations(
  store: OutboxStore,
  results: readonly PushResult[],
  options: SettleOptions,
): Settled {
  const settled = { operations: 0, conflicts: 0, entities: new Set<string>() };
  store.outbox.together(() => {
    const applied = applyAll(store.db, results, options.now);
    settled.operations = applied.operations;
    for (const entity of applied.entities) settled.entities.add(entity);
    for (const { operationId, outcome } of results) {
      if (outcome.kind === 'applied') continue;
      const operation = store.outbox.find(operationId);
      if (operation?.state !== 'waiting') continue;
      settled.operations += 1;
      for (const { change } of operation.changes) settled.entities.add(change.entity);
      settled.conflicts += settle(store, { operation, outcome }, options);
    }
  });
  return settled;
}

/** Most answers: nothing is to be decided or done again, so the operations themselves need not be read. */
function applyAll(
  db: WritableDatabase,
  results: readonly PushResult[],
  now: number,
): { operations: number; entities: string[] } {
  const apply = db
    .prepare(
      `UPDATE operation SET state = 'applied', outcome = ?, settled_at = ?, parking = 0
       WHERE operation_id = ? AND state = 'waiting' RETURNING position`,
    )
    .pluck();
  const positions = results.flatMap(({ operationId, outcome }) =>
    outcome.kind === 'applied'
      ? (apply.all(JSON.stringify(outcome), now, operationId) as number[])
      : [],
  );
  const entities = db
    .prepare(
      `SELECT DISTINCT entity FROM operation_change
       WHERE position IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(JSON.stringify(positions)) as string[];
  return { operations: positions.length, entities };
}

interface Answered {
  operation: KeptOperation;
  outcome: OperationOutcome;
}

/** Returns how many conflicts a person has to decide about. */
function settle(
  { db, outbox }: OutboxStore,
  { operation, outcome }: Answered,
  options: SettleOptions,
): number {
  const conflicts = outcome.kind === 'conflict' ? outcome.conflicts : [];
  const asked = conflicts.filter((conflict) => !isDoneAllTheSame(conflict));
  for (const conflict of conflicts) {
    if (asked.includes(conflict)) {
      fileConflict(db, { operation, conflict }, options);
      continue;
    }
    const restored = restoringChange(operation, conflict);
    if (restored === null) continue;
    const { at, by } = operation;
    outbox.append({ operationId: options.newId(), at, by, changes: [restored] });
  }
  const state = outcome.kind === 'conflict' && asked.length === 0 ? 'applied' : outcome.kind;
  db.prepare(
    'UPDATE operation SET state = ?, outcome = ?, settled_at = ?, parking = 0 WHERE position = ?',
  ).run(state, JSON.stringify(outcome), options.now, operation.position);
  return asked.length;
}

/** Where the last write wins, an edit of a deleted row brings it back without asking anybody. */
function isDoneAllTheSame({ entity, kind }: RowConflict): boolean {
  return kind === 'updateDelete' && entityNamed(entity).pattern.deleted === 'mine';
}

/** The whole row as the person left it, as a change that creates it again. */
function restoringChange(
  { changes }: Pick<KeptOperation, 'changes'>,
  { entity, rowId }: Pick<RowConflict, 'entity' | 'rowId'>,
): NewChange | null {
  const definition = entityNamed(entity);
  const own = changes.filter(({ change }) => change.entity === entity && change.id === rowId);
  const row = rebase(definition, own[0]?.base ?? null, own);
  const [first] = own;
  if (row === null || !first) return null;
  return {
    change: { kind: 'create', entity, version: definition.version, id: rowId, row },
    base: null,
    scope: first.scope,
  };
}
