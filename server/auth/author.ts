import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../shared/sync/scope.ts';
import type { Role } from '../../shared/sync/auth-protocol.ts';
import { type Actor, type PersonActor, roleIn } from './actor.ts';
import { unauthorized } from './auth-refusals.ts';

/** Whose rights count for a change: of who did it, which need not be who delivers it. */
export type Author = Pick<PersonActor, 'personId' | 'role' | 'sites'>;

/** Null: nobody is asked for rights, because there are no accounts. */
export function authorOf(actor: Actor): Author | null {
  if (actor.kind === 'nobody') throw unauthorized();
  return actor.kind === 'open' ? null : actor;
}

/** What has to be known of an entity to know whose its rows are. */
interface Placed {
  name: string;
  scope: 'catalogue' | 'site';
}

/** The role that counts for a row; null if the author must not know that it is there. */
export function roleAt(author: Author, entity: Placed, row: StoredRow): Role | null {
  return roleIn(author, scopeOfRow(entity, row));
}

/** Sites are in the catalogue, but to people who do not work there they are as good as none. */
export function seesRow(author: Author | null, entity: Placed, row: StoredRow): boolean {
  if (author === null) return true;
  if (entity.name === 'site') return roleIn(author, siteScope(String(row['id']))) !== null;
  return roleAt(author, entity, row) !== null;
}

function scopeOfRow({ scope }: Placed, { site_id: siteId }: StoredRow): Scope {
  return scope === 'catalogue' ? CATALOGUE_SCOPE : siteScope(String(siteId));
}
