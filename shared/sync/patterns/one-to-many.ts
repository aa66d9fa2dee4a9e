import { detectConflicts } from './detect-conflicts.ts';
import { lastWriteWins } from './last-write-wins.ts';
import type { FieldPolicies, SyncPattern } from './sync-pattern.ts';

export interface OneToManyOptions extends FieldPolicies {
  /** Entities with a reference to this one; each has a writable pattern of its own for changes to it alone. */
  children: readonly string[];
  conflicts: 'lastWriteWins' | 'detect';
}

/**
 * For a parent that is edited together with its children, as an order with its lines. They travel in one operation, become
 * visible in one version and are judged together: a conflict in one of them holds the whole operation and nothing else.
 * (OutSystems' sample of this pattern is last write wins only.)
 */
export function oneToMany({ children, conflicts, fields }: OneToManyOptions): SyncPattern {
  const judged = conflicts === 'detect' ? detectConflicts({ fields }) : lastWriteWins({ fields });
  return { ...judged, kind: 'oneToMany', children };
}
