import type { ConflictView } from '../../shared/desktop/work-views.ts';
import type { StoredRow, StoredValue } from '../../shared/entities/define-entity.ts';
import type { ConflictKind } from '../../shared/sync/operation.ts';

/** A field that two people changed. */
export interface FieldConflict {
  id: string;
  field: string;
  base: StoredValue;
  mine: StoredValue;
  theirs: StoredValue;
}

/** A row that one of two people deleted; null is the deleted side. */
export interface WholeConflict {
  id: string;
  base: StoredRow | null;
  mine: StoredRow | null;
  theirs: StoredRow | null;
}

/** What has to be decided about one row, which is decided at once. */
export interface RowConflicts {
  key: string;
  entity: string;
  rowId: string;
  kind: ConflictKind;
  title: string | null;
  at: number;
  fields: readonly FieldConflict[];
  whole: WholeConflict | null;
}

/** By row, in the order in which they were found. */
export function groupConflicts(conflicts: readonly ConflictView[]): readonly RowConflicts[] {
  const groups = Map.groupBy(conflicts, ({ entity, rowId, operationId, field }) =>
    // Two whole-row questions about one row are asked one after the other.
    field === null ? `${entity} ${rowId} ${operationId}` : `${entity} ${rowId}`,
  );
  return [...groups].flatMap(([key, own]) => {
    const [first] = own;
    if (!first) return [];
    const { entity, rowId, kind, title, at } = first;
    return {
      key,
      entity,
      rowId,
      kind,
      title,
      at,
      fields: own.flatMap(fieldConflict),
      whole: first.field === null ? wholeConflict(first) : null,
    };
  });
}

function fieldConflict({ id, field, base, mine, theirs }: ConflictView): FieldConflict[] {
  if (field === null) return [];
  return [{ id, field, base: value(base), mine: value(mine), theirs: value(theirs) }];
}

function wholeConflict({ id, base, mine, theirs }: ConflictView): WholeConflict {
  return { id, base: row(base), mine: row(mine), theirs: row(theirs) };
}

function row(side: ConflictView['mine']): StoredRow | null {
  return typeof side === 'object' ? side : null;
}

function value(side: ConflictView['mine']): StoredValue {
  return typeof side === 'object' ? null : side;
}
