import type { Scope } from '../../shared/sync/scope.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { ReplicaSet } from './replica-set.ts';

/** Stops following scopes and removes their files. Work on their rows stays. */
export function leaveScopes(
  work: WorkStore,
  replicas: ReplicaSet,
  isKept: (scope: Scope) => boolean,
): void {
  const followed = work.followedScopes();
  const left = followed.filter(({ scope }) => !isKept(scope));
  if (left.length === 0) return;
  work.follow(followed.filter(({ scope }) => isKept(scope)));
  for (const { scope } of left) {
    replicas.discard(scope, 'building');
    replicas.discard(scope, 'current');
  }
}
