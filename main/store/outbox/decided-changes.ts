import type { StoredRow, StoredValue } from '../../../shared/entities/define-entity.ts';
import { entityNamed } from '../../../shared/entities/registry.ts';
import { TallymanError } from '../../../shared/errors.ts';
import type { Resolution } from '../../../shared/desktop/work-views.ts';
import type { ConflictKind } from '../../../shared/sync/operation.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import { scopeOf } from '../records/row-scope.ts';
import { validRow } from '../records/valid-row.ts';
import type { NewChange } from './new-operation.ts';

export interface KeptConflict {
  conflictId: string;
  position: number;
  entity: string;
  rowId: string;
  scope: Scope;
  kind: ConflictKind;
  field: string | null;
  base: string;
  mine: string;
  theirs: string;
  parent: string | null;
  /** The row as it was when the person changed it. */
  row: string;
}

export interface Decided {
  conflict: KeptConflict;
  choice: Resolution['choice'];
}

/** A row as this laptop shows it now. */
export type RowOf = (entity: string, id: string) => StoredRow | null;

/**
 * What decisions about one row have to change on the server: nothing where theirs stays, else from what the person saw of
 * the server's. Throws BAD_INPUT for a value that does not fit.
 */
export function decidedChanges(rowOf: RowOf, decided: readonly Decided[]): NewChange[] {
  return decided.some(({ conflict }) => conflict.field === null)
    ? decided.flatMap((one) => wholeRowChanges(rowOf, one))
    : fieldChanges(rowOf, decided);
}

function fieldChanges(rowOf: RowOf, decided: readonly Decided[]): NewChange[] {
  const [first] = decided;
  if (!first) return [];
  const { entity, rowId, scope } = first.conflict;
  const definition = entityNamed(entity);
  const from: Record<string, StoredValue> = {};
  const to: Record<string, StoredValue> = {};
  for (const { conflict, choice } of decided) {
    if (choice === 'theirs' || conflict.field === null) continue;
    from[conflict.field] = JSON.parse(conflict.theirs) as StoredValue;
    to[conflict.field] =
      choice === 'mine' ? (JSON.parse(conflict.mine) as StoredValue) : choice.merged;
  }
  if (Object.keys(to).length === 0) return [];
  // Its site may have been left, or somebody deleted it since: the server judges that when it gets there.
  const seen = rowOf(entity, rowId) ?? (JSON.parse(first.conflict.row) as StoredRow);
  const valid = validRow(definition, { ...seen, ...to });
  for (const field of Object.keys(to)) to[field] = valid[field] ?? null;
  const { version } = definition;
  return [
    {
      change: { kind: 'update', entity, version, id: rowId, from, to },
      base: { ...seen, ...from },
      scope,
    },
  ];
}

/** A deleted row, or one under a deleted parent: `mine` brings it back as the person left it, or deletes it after all. */
function wholeRowChanges(rowOf: RowOf, { conflict, choice }: Decided): NewChange[] {
  if (choice === 'theirs') return [];
  if (choice !== 'mine') {
    throw new TallymanError('BAD_INPUT', 'Choose mine or theirs: this is about the whole row.');
  }
  const { entity, rowId, scope, kind } = conflict;
  const { version } = entityNamed(entity);
  const which = { entity, version, id: rowId };
  if (kind === 'deleteUpdate') {
    const theirs = JSON.parse(conflict.theirs) as StoredRow;
    return [{ change: { ...which, kind: 'remove', from: theirs }, base: theirs, scope }];
  }
  const mine = JSON.parse(conflict.mine) as StoredRow;
  const row: NewChange = { change: { ...which, kind: 'create', row: mine }, base: null, scope };
  return [...parentChange(rowOf, conflict), row];
}

/** The deleted parent comes back with the child, if this laptop still knew it and nobody has brought it back yet. */
function parentChange(rowOf: RowOf, { parent }: KeptConflict): NewChange[] {
  if (parent === null) return [];
  const { entity, row } = JSON.parse(parent) as { entity: string; row: StoredRow };
  const id = String(row['id']);
  if (rowOf(entity, id) !== null) return [];
  const definition = entityNamed(entity);
  return [
    {
      change: { kind: 'create', entity, version: definition.version, id, row },
      base: null,
      scope: scopeOf(definition, row),
    },
  ];
}
