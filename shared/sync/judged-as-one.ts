import { ENTITIES, entityNamed } from '../entities/registry.ts';
import type { RowChange } from './operation.ts';

const CHILDREN: ReadonlySet<string> = new Set(ENTITIES.flatMap(({ pattern }) => pattern.children));

/** An operation on a parent that has children of its own, or on several rows of such a group: all of it or nothing. */
export function isJudgedAsOne(changes: readonly RowChange[]): boolean {
  const children = changes.filter(({ entity }) => CHILDREN.has(entity));
  return (
    children.length > 1 ||
    changes.some(({ entity }) => entityNamed(entity).pattern.children.length > 0)
  );
}
