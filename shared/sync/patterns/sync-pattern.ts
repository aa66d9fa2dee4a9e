import type { StoredRow } from '../../entities/define-entity.ts';

/**
 * What happens to a field that two people changed to different values since they last saw the same one. Time never
 * decides; the order is the server's.
 *
 *   ask     a person chooses; base, mine and theirs are kept until then
 *   lww     the write that reaches the server last stays
 *   server  what the server has stays
 *   max, min  the greater or the smaller integer stays
 *   derived  only the server's own work changes it; what a laptop says is passed over
 *   set     a JSON array of texts: what each added and removed is done to the other's
 */
export type FieldPolicy = 'ask' | 'lww' | 'server' | 'derived' | 'max' | 'min' | 'set';

export type WriteKind = 'create' | 'update' | 'remove';

/**
 * All that a pattern means, for both sides. OutSystems names five of them; each of ours moves only what changed,
 * whatever its name (their read-only pattern downloads everything each time), and `appendOnly` is our own.
 */
export interface SyncPattern {
  kind:
    'readOnly' | 'readOnlyDelta' | 'lastWriteWins' | 'detectConflicts' | 'oneToMany' | 'appendOnly';
  /** What a laptop may do to rows of the entity. Empty: the server owns them. */
  writes: readonly WriteKind[];
  /** How a replica that differs from the server is mended: the whole table at once, or only the differing buckets. */
  repair: 'whole' | 'buckets';
  /** Of every field that `fields` does not name. */
  policy: FieldPolicy;
  /** Column → its own policy. */
  fields: Readonly<Record<string, FieldPolicy>>;
  /**
   * An edit of a row that somebody deleted, or a delete of a row that somebody edited: a person is asked, or the
   * laptop's write is done all the same (an edit brings the row back).
   */
  deleted: 'ask' | 'mine';
  /**
   * Of an event: the one that takes it back, at a time of the laptop's clock. Its id is set by whoever records it. Null: a
   * change is taken back by its opposite.
   */
  reverse: ((row: StoredRow, at: number) => StoredRow) | null;
  /** Entities whose rows belong to a row of this one; an operation on them is judged as one: all of it or nothing. */
  children: readonly string[];
}

/** What a writable pattern's factory takes beside its own. */
export interface FieldPolicies {
  fields?: Readonly<Record<string, FieldPolicy>> | undefined;
}

export const ALL_WRITES: readonly WriteKind[] = ['create', 'update', 'remove'];
