import { readOnly } from './read-only.ts';
import type { SyncPattern } from './sync-pattern.ts';

/** For large tables that the server owns. A damaged copy is mended by fetching only the buckets that differ. */
export function readOnlyDelta(): SyncPattern {
  return { ...readOnly(), kind: 'readOnlyDelta', repair: 'buckets' };
}
