import type { StoredValue } from '../entities/define-entity.ts';
import type { FieldPolicy } from './patterns/sync-pattern.ts';

/** One field: what the person saw, what the person made of it, and what it is now. */
export interface FieldEdit {
  from: StoredValue;
  to: StoredValue;
  current: StoredValue;
}

export type FieldMerge =
  /** Nobody else changed it, or to the same value. */
  | { kind: 'clean'; value: StoredValue }
  /** Somebody else did; the policy decided. */
  | { kind: 'merged'; value: StoredValue }
  | { kind: 'conflict' };

export function mergeField(policy: FieldPolicy, edit: FieldEdit): FieldMerge {
  const { from, to, current } = edit;
  // What was left as it was is no edit, and gives way to whatever others made of it.
  if (from === to) return { kind: 'clean', value: current };
  if (policy === 'derived') return { kind: to === current ? 'clean' : 'merged', value: current };
  if (current === from || current === to) return { kind: 'clean', value: to };
  switch (policy) {
    case 'ask':
      return { kind: 'conflict' };
    case 'lww':
      return { kind: 'merged', value: to };
    case 'server':
      return { kind: 'merged', value: current };
    case 'max':
    case 'min':
      return { kind: 'merged', value: further(policy, to, current) };
    case 'set':
      return { kind: 'merged', value: mergeSets(edit) };
  }
}

/** Null is less than every number, and more than none: whoever gave a number knew more. */
function further(policy: 'max' | 'min', a: StoredValue, b: StoredValue): StoredValue {
  if (a === null) return b;
  if (b === null) return a;
  return a > b === (policy === 'max') ? a : b;
}

function mergeSets({ from, to, current }: FieldEdit): string {
  const before = membersOf(from);
  const mine = membersOf(to);
  const kept = [...membersOf(current)].filter((one) => mine.has(one) || !before.has(one));
  const added = [...mine].filter((one) => !before.has(one));
  return JSON.stringify([...new Set([...kept, ...added])].toSorted());
}

/** Text that is no array of texts counts as one member, so that nothing a person wrote is lost. */
function membersOf(value: StoredValue): Set<string> {
  if (value === null || value === '') return new Set();
  try {
    const members: unknown = JSON.parse(String(value));
    if (Array.isArray(members)) return new Set(members.map(String));
  } catch {
    // No JSON: below.
  }
  return new Set([String(value)]);
}
