import type { Kysely, RawBuilder } from 'kysely';
import { flavourOf } from '../store/engine/flavour-of.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import type { Actor } from './actor.ts';

/** A condition that leaves out rows of other sites; null if whoever asks may see all. `column` has ids of sites. */
export function amongVisibleSites(
  db: Kysely<ServerDatabase>,
  actor: Actor,
  column: string,
): RawBuilder<boolean> | null {
  if (actor.kind === 'open' || (actor.kind === 'person' && actor.sites === 'all')) return null;
  const ids = actor.kind === 'person' && actor.sites !== 'all' ? [...actor.sites.keys()] : [];
  return flavourOf(db).idAmong(column, ids);
}
