import type { EntityDefinition, StoredRow } from '../entities/define-entity.ts';
import { mergeField } from './merge-field.ts';
import type { MergedField, RowChange, RowConflict } from './operation.ts';

export type Verdict =
  /** The row as it shall be, whole. With conflicts, their fields are as they are now. */
  | {
      kind: 'write';
      row: StoredRow;
      merged: readonly MergedField[];
      conflict: RowConflict | null;
    }
  | { kind: 'delete' }
  /** It is so already. */
  | { kind: 'none' }
  | { kind: 'conflict'; conflict: RowConflict }
  /** The pattern does not allow it. */
  | { kind: 'refused'; reason: string };

/**
 * What the server makes of a change by its row as it is now (null: there is none), before anything is written. Pure, and
 * the only place where a pattern's meaning is turned into a decision.
 */
export function judgeChange(
  entity: EntityDefinition,
  change: RowChange,
  current: StoredRow | null,
): Verdict {
  if (!entity.pattern.writes.includes(change.kind)) {
    return { kind: 'refused', reason: `A laptop may not ${change.kind} a ${entity.name}.` };
  }
  switch (change.kind) {
    case 'create':
      return judgeCreate(entity, change, current);
    case 'update':
      return judgeUpdate(entity, change, current);
    case 'remove':
      return judgeRemove(entity, change, current);
  }
}

type Of<TKind extends RowChange['kind']> = Extract<RowChange, { kind: TKind }>;

function judgeCreate(
  entity: EntityDefinition,
  change: Of<'create'>,
  current: StoredRow | null,
): Verdict {
  if (current === null) {
    return { kind: 'write', row: begun(entity, change.row), merged: [], conflict: null };
  }
  if (entity.columns.every(({ name }) => change.row[name] === current[name])) {
    return { kind: 'none' };
  }
  if (entity.pattern.kind === 'appendOnly') {
    return { kind: 'refused', reason: `There is another ${entity.name} with this id.` };
  }
  // Two laptops began the same row: as if both had edited one that held nothing.
  const nothing = Object.fromEntries(entity.columns.map(({ name }) => [name, undefined]));
  return mergeInto(entity, { change, from: nothing, to: change.row }, current);
}

/** The row as a laptop may begin it: what the server works out by itself is not its to say. */
function begun(entity: EntityDefinition, row: StoredRow): StoredRow {
  const derived = entity.columns.filter(({ name }) => entity.pattern.fields[name] === 'derived');
  if (derived.length === 0) return row;
  return { ...row, ...Object.fromEntries(derived.map(({ name, otherwise }) => [name, otherwise])) };
}

function judgeUpdate(
  entity: EntityDefinition,
  change: Of<'update'>,
  current: StoredRow | null,
): Verdict {
  if (current !== null) {
    return mergeInto(entity, { change, from: change.from, to: change.to }, current);
  }
  // Only a change that names every field can bring a row back, because of a deleted one nothing is kept.
  const row = { ...change.to, id: change.id };
  if (entity.pattern.deleted === 'mine' && entity.columns.every(({ name }) => name in row)) {
    return { kind: 'write', row, merged: [], conflict: null };
  }
  return { kind: 'conflict', conflict: rowConflict(change, 'updateDelete', null) };
}

function judgeRemove(
  entity: EntityDefinition,
  change: Of<'remove'>,
  current: StoredRow | null,
): Verdict {
  if (current === null) return { kind: 'none' };
  const same = Object.entries(change.from).every(([name, value]) => current[name] === value);
  if (same || entity.pattern.deleted === 'mine') return { kind: 'delete' };
  return { kind: 'conflict', conflict: rowConflict(change, 'deleteUpdate', current) };
}

interface Edits {
  change: RowChange;
  from: Readonly<Record<string, StoredRow[string] | undefined>>;
  to: StoredRow;
}

function mergeInto(
  entity: EntityDefinition,
  { change, from, to }: Edits,
  current: StoredRow,
): Verdict {
  const row = { ...current };
  const merged: MergedField[] = [];
  const conflicting: string[] = [];
  for (const [field, mine] of Object.entries(to)) {
    const theirs = current[field] ?? null;
    const policy = entity.pattern.fields[field] ?? entity.pattern.policy;
    const merge = mergeField(policy, {
      // A row that was begun anew has no `from`, which equals no value.
      from: from[field] as StoredRow[string],
      to: mine,
      current: theirs,
    });
    if (merge.kind === 'conflict') conflicting.push(field);
    else row[field] = merge.value;
    if (merge.kind === 'merged') {
      merged.push({ ...whichRow(change), field, mine, theirs, kept: merge.value });
    }
  }
  const conflict =
    conflicting.length === 0
      ? null
      : {
          ...whichRow(change),
          kind: 'updateUpdate' as const,
          fields: conflicting,
          theirs: current,
        };
  if (Object.keys(row).some((name) => row[name] !== current[name])) {
    return { kind: 'write', row, merged, conflict };
  }
  if (conflict) return { kind: 'conflict', conflict };
  return merged.length > 0 ? { kind: 'write', row, merged, conflict } : { kind: 'none' };
}

function whichRow(change: RowChange): { entity: string; rowId: string } {
  return { entity: change.entity, rowId: change.id };
}

export function rowConflict(
  change: RowChange,
  kind: RowConflict['kind'],
  theirs: StoredRow | null,
): RowConflict {
  return { ...whichRow(change), kind, fields: [], theirs };
}
