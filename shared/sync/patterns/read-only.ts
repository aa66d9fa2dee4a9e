import type { SyncPattern } from './sync-pattern.ts';

/** For small tables that the server owns. A damaged copy is fetched again whole, which costs less than comparing. */
export function readOnly(): SyncPattern {
  return {
    kind: 'readOnly',
    writes: [],
    repair: 'whole',
    policy: 'server',
    fields: {},
    deleted: 'ask',
    reverse: null,
    children: [],
  };
}
