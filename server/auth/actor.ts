import { ROLES } from '../../shared/entities/person.ts';
import type { Role } from '../../shared/sync/auth-protocol.ts';
import { type Scope, siteIdOf } from '../../shared/sync/scope.ts';

/** Who asks. Worked out once per request, from the access token and the tables as they are now. */
export type Actor =
  /** The organisation has no accounts yet, and the request came from this machine. */
  | { kind: 'open' }
  /** Nothing that identifies anybody came with the request. */
  | { kind: 'nobody' }
  | PersonActor;

export interface PersonActor {
  kind: 'person';
  personId: string;
  deviceId: string;
  sessionId: string;
  /** In the organisation: for the catalogue. The highest of the person's roles. */
  role: Role;
  /** By the id of the site; `all` for administrators. */
  sites: ReadonlyMap<string, Role> | 'all';
}

export const OPEN: Actor = { kind: 'open' };

export function isAtLeast(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

/** The role that counts in a scope; null for a person who must not know that the scope is there. */
export function roleIn(
  { role, sites }: Pick<PersonActor, 'role' | 'sites'>,
  scope: Scope,
): Role | null {
  const siteId = siteIdOf(scope);
  if (siteId === null || sites === 'all') return role;
  return sites.get(siteId) ?? null;
}

/** Whether rows of the scope may be sent to whoever asks. */
export function maySee(actor: Actor, scope: Scope): boolean {
  if (actor.kind === 'open') return true;
  return actor.kind === 'person' && roleIn(actor, scope) !== null;
}
