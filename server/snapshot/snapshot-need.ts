import type { SnapshotManifest } from '../../shared/sync/snapshot.ts';
import { SUPERSEDED_GRACE_MS } from './snapshot-shelf.ts';

/** A snapshot is followed by a delta of what changed since; beyond this the delta takes longer than the snapshot. */
export const CHANGED_SHARE_MAX = 0.02;
/** No oftener than downloads of the one before are given: so two per scope are enough for everybody. */
const BUILD_INTERVAL_MS = SUPERSEDED_GRACE_MS;
/** An import that goes on and on does not keep a snapshot away for longer. */
const REST_WAIT_MAX_MS = 10 * 60 * 1_000;

/** `newest` is the newest that laptops of this server's own entities can use. */
export function isBuildDue(
  newest: Pick<SnapshotManifest, 'builtAt'> | null,
  { rows, changed, now }: { rows: number; changed: number; now: number },
): boolean {
  if (newest === null) return true;
  if (changed <= rows * CHANGED_SHARE_MAX) return false;
  const age = now - newest.builtAt;
  // A clock that was set back must not keep it for ever.
  return age < 0 || age >= BUILD_INTERVAL_MS;
}

export interface ScopeRest {
  version: number;
  /** When this version was first and last seen. */
  since: number;
  seenAt: number;
  /** Since when it has not rested between two changes. */
  movingSince: number;
}

/** The version of a scope has to stand still for so long. */
export const REST_MS = 5_000;

export function noteVersion(
  before: ScopeRest | undefined,
  version: number,
  now: number,
): ScopeRest {
  if (before?.version === version) return { ...before, seenAt: now };
  const wasMoving = before !== undefined && before.seenAt - before.since < REST_MS;
  return { version, since: now, seenAt: now, movingSince: wasMoving ? before.movingSince : now };
}

/** A snapshot of the middle of an import would be out of date before it is built. */
export function hasRested({ since, seenAt, movingSince }: ScopeRest): boolean {
  return seenAt - since >= REST_MS || seenAt - movingSince >= REST_WAIT_MAX_MS;
}
