import { entitiesOf } from '../../shared/entities/registry.ts';
import type { ReplicaState } from '../../shared/replica/replica-state.ts';
import { sameDigest } from '../../shared/sync/digest.ts';
import type { PullCursor } from '../../shared/sync/protocol.ts';
import { scopeKindOf } from '../../shared/sync/scope.ts';
import type { Replica } from '../store/replica.ts';
import type { FollowedScope } from '../store/work-store.ts';
import { pullDelta } from './pull-delta.ts';
import type { FirstPage } from './pull-pages.ts';
import { repairReplica } from './repair-replica.ts';
import type { RunContext } from './run-context.ts';

export interface CompleteScope extends FollowedScope {
  replica: Replica;
}

/** Asks for what a complete replica lacks. */
export function cursorOf({ scope, epoch, version }: ReplicaState): PullCursor {
  return { scope, epoch, version, after: null, startVersion: null };
}

/** Brings a complete replica to the server's version, of which `first` is the first page, and compares the digests. */
export async function followServer(
  context: RunContext,
  { replica, name }: Pick<CompleteScope, 'replica' | 'name'>,
  { cursor, first, contained }: FirstPage,
): Promise<void> {
  let reached = first;
  if (first.more || first.version !== cursor.version) {
    context.report.phase('receiving', name);
    reached = await pullDelta(context, replica, { cursor, first, contained });
  } else if (context.work.overlay.hidesSettled(replica.state)) {
    // What was answered changed nothing here, and is to be shown as done all the same.
    replica.begin();
    replica.commit({ contained });
    context.report.dataChanged(
      entitiesOf(scopeKindOf(replica.state.scope)).map((entity) => entity.name),
    );
  }
  if (!sameDigest(replica.state.digest, reached.digest)) {
    context.report.phase('verifying', name);
    await repairReplica(context, replica);
  }
}
