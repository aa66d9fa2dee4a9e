import { ALL_WRITES, type FieldPolicies, type SyncPattern } from './sync-pattern.ts';

/**
 * For rows that several people edit. Different fields merge; the same field changed to different values is a conflict
 * that a person settles, and only that row waits for it.
 */
export function detectConflicts({ fields = {} }: FieldPolicies = {}): SyncPattern {
  return {
    kind: 'detectConflicts',
    writes: ALL_WRITES,
    repair: 'buckets',
    policy: 'ask',
    fields,
    deleted: 'ask',
    reverse: null,
    children: [],
  };
}
