import { TallymanError } from '../../shared/errors.ts';
import type { PullCursor } from '../../shared/sync/protocol.ts';
import type { ScopeState } from './scope-state.ts';

type ResyncReason = 'epoch' | 'ahead' | 'retention';

/** Why a cursor cannot be carried on; null if it can. */
export function resyncReason(cursor: PullCursor, state: ScopeState): ResyncReason | null {
  const { epoch, version, after, startVersion } = cursor;
  const isFresh = version === 0 && after === null;
  if (version === 0 && after !== null && startVersion === null) {
    throw new TallymanError('BAD_INPUT', 'A cursor within a first sync must carry startVersion.');
  }
  // Before any page a laptop holds nothing that could be of another history.
  if (epoch === null ? !isFresh : epoch !== state.epoch) return 'epoch';
  if (Math.max(version, after?.version ?? 0, startVersion ?? 0) > state.version) return 'ahead';
  // Tombstones up to the floor are gone. A first sync under way needs those since it began.
  const neededFrom = version === 0 ? (startVersion ?? state.version) : version;
  return neededFrom < state.floorVersion ? 'retention' : null;
}
