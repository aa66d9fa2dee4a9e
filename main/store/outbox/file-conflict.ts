import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { entityNamed } from '../../../shared/entities/registry.ts';
import { rebase } from '../../../shared/sync/merge.ts';
import { isJudgedAsOne } from '../../../shared/sync/judged-as-one.ts';
import type { RowConflict } from '../../../shared/sync/operation.ts';
import type { WritableDatabase } from '../sqlite.ts';
import type { KeptOperation } from './new-operation.ts';

interface FilingOptions {
  now: number;
  newId: () => string;
  rowOf: (entity: string, id: string) => StoredRow | null;
}

/**
 * Keeps base, mine and theirs of a conflict until a person has decided: one entry per field, or one for the whole row. A
 * later operation that meets the same open question only changes what is mine in it.
 */
export function fileConflict(
  db: WritableDatabase,
  { operation, conflict }: { operation: KeptOperation; conflict: RowConflict },
  options: FilingOptions,
): void {
  const { entity, rowId, kind } = conflict;
  const own = operation.changes.filter(
    ({ change }) => change.entity === entity && change.id === rowId,
  );
  const [first] = own;
  if (!first) return;
  const base = first.base;
  const mine = rebase(entityNamed(entity), base, own);
  const parent = kind === 'parentDeleted' && mine ? parentOf(entity, mine, options.rowOf) : null;
  // What is judged as one waits for its own decisions, since the rest of it was not applied either.
  const asOne = isJudgedAsOne(operation.changes.map(({ change }) => change));
  const insert = db.prepare(
    `INSERT INTO conflict (conflict_id, position, entity, row_id, scope, kind, field, base, mine, theirs, parent, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const raise = db.prepare(
    `UPDATE conflict SET mine = ?, theirs = ? WHERE entity = ? AND row_id = ? AND field IS ? AND resolved IS NULL`,
  );
  for (const field of kind === 'updateUpdate' ? conflict.fields : [null]) {
    const of = (row: StoredRow | null): string =>
      JSON.stringify(field === null ? row : (row?.[field] ?? null));
    const theirs = of(conflict.theirs);
    if (!asOne && raise.run(of(mine), theirs, entity, rowId, field).changes > 0) continue;
    insert.run(
      options.newId(),
      operation.position,
      entity,
      rowId,
      first.scope,
      kind,
      field,
      of(base),
      of(mine),
      theirs,
      parent && JSON.stringify(parent),
      options.now,
    );
  }
}

/** The deleted row that this one belongs to, while the replica still shows it: the push comes before the pull. */
function parentOf(
  entity: string,
  row: StoredRow,
  rowOf: FilingOptions['rowOf'],
): { entity: string; row: StoredRow } | null {
  const { references, deleteRules } = entityNamed(entity);
  for (const [column, target] of Object.entries(references)) {
    const id = row[column];
    if (deleteRules[column] !== 'cascade' || typeof id !== 'string') continue;
    const parent = rowOf(target, id);
    if (parent !== null) return { entity: target, row: parent };
  }
  return null;
}
