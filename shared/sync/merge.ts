import type { EntityDefinition, StoredRow } from '../entities/define-entity.ts';
import { mergeField } from './merge-field.ts';
import type { RowChange } from './operation.ts';

/** A change as the laptop keeps it: with the whole row as the person saw it, null for a row that is new. */
export interface LocalChange {
  change: RowChange;
  base: StoredRow | null;
}

/**
 * What a person sees of a row: the server's newest, with the changes that it does not contain done to it again, in their
 * order. Whatever the server decides about a conflict later, here the person's own last word is shown; a field whose policy
 * can decide by itself shows what it will decide. Null: there is no such row.
 */
export function rebase(
  entity: EntityDefinition,
  replicaRow: StoredRow | null,
  changes: readonly LocalChange[],
): StoredRow | null {
  return changes.reduce<StoredRow | null>(
    (row, change) => applyLocally(entity, row, change),
    replicaRow,
  );
}

function applyLocally(
  entity: EntityDefinition,
  row: StoredRow | null,
  { change, base }: LocalChange,
): StoredRow | null {
  switch (change.kind) {
    case 'create':
      return row === null ? change.row : { ...row, ...change.row };
    case 'remove':
      return null;
    case 'update': {
      // Deleted by somebody else: until the server has judged the edit, the edited row stays in sight.
      if (row === null) return base === null ? null : { ...base, ...change.to };
      const next = { ...row };
      for (const [field, to] of Object.entries(change.to)) {
        const policy = entity.pattern.fields[field] ?? entity.pattern.policy;
        const edit = { from: change.from[field] ?? null, to, current: row[field] ?? null };
        const merge = mergeField(policy, edit);
        next[field] = merge.kind === 'conflict' ? to : merge.value;
      }
      return next;
    }
  }
}
