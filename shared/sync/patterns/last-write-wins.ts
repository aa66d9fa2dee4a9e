import { ALL_WRITES, type FieldPolicies, type SyncPattern } from './sync-pattern.ts';

/**
 * For rows that rarely meet two writers, where the newest text is the right one. Still per field: two people who changed
 * different fields both keep their change. An edit of a row that was deleted meanwhile brings it back.
 */
export function lastWriteWins({ fields = {} }: FieldPolicies = {}): SyncPattern {
  return {
    kind: 'lastWriteWins',
    writes: ALL_WRITES,
    repair: 'buckets',
    policy: 'lww',
    fields,
    deleted: 'mine',
    reverse: null,
    children: [],
  };
}
