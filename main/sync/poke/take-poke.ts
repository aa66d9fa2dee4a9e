import type { Scope } from '../../../shared/sync/scope.ts';
import type { HeardNews } from './heard-news.ts';
import type { PokeFollower } from './poke-follower.ts';
import type { NewVersions } from './poke-listener.ts';

export interface PokeTakers {
  follower: PokeFollower;
  news: HeardNews;
  /** The version of a scope that is here as a whole; null for one that is not. */
  heldVersion: (scope: Scope) => number | null;
}

/** What a poke leads to: its answer is kept for the run that is going to ask, and the run is started. */
export function takePoke(
  { follower, news, heldVersion }: PokeTakers,
  { versions, news: told, spreadMs }: NewVersions,
  { isFirst, deviceId }: { isFirst: boolean; deviceId: string },
): void {
  if (isFirst) forgetPokes({ follower, news });
  if (told) news.hear(told, deviceId);
  // Nobody waits for a turn who has nothing to ask.
  const hasAnswer = told ? told.from === heldVersion(told.scope) && versions.length === 1 : false;
  follower.hear(versions, hasAnswer ? 0 : spreadMs);
}

/** A new line tells everything anew. */
export function forgetPokes({ follower, news }: Pick<PokeTakers, 'follower' | 'news'>): void {
  follower.forget();
  news.forget();
}
