/**
 * What a pattern decides. OutSystems names five of them; each of ours moves only what changed, whatever its name
 * (their read-only pattern downloads everything each time).
 */
export interface SyncPattern {
  kind: 'readOnly' | 'readOnlyDelta';
  /** Whether a laptop may change rows of the entity. */
  writable: boolean;
  /** How a replica that differs from the server is mended: the whole table at once, or only the differing buckets. */
  repair: 'whole' | 'buckets';
}
