import type { Kysely } from 'kysely';
import { ROLES } from '../../shared/entities/person.ts';
import type { Role, SignedInPerson } from '../../shared/sync/auth-protocol.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import type { PersonActor } from './actor.ts';

export type Access = Pick<PersonActor, 'role' | 'sites'>;

/** What somebody with an account may do, by the tables as they are now. Null for whoever may do nothing any more. */
export async function readAccess(
  db: Kysely<ServerDatabase>,
  personId: string,
): Promise<Access | null> {
  const person = await db
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .select(['person.role', 'person.active'])
    .where('account.person_id', '=', personId)
    .where('account.disabled_at', 'is', null)
    .executeTakeFirst();
  if (person === undefined || person.active !== 1) return null;
  if (person.role === 'administrator') return { role: person.role, sites: 'all' };
  const memberships = await db
    .selectFrom('membership')
    .select(['site_id', 'role'])
    .where('person_id', '=', personId)
    .execute();
  const sites = new Map(memberships.map(({ site_id, role }) => [site_id, role as Role]));
  return { role: highestOf([...sites.values()]) ?? person.role, sites };
}

/** For the person themselves, with names. */
export async function readSignedIn(
  db: Kysely<ServerDatabase>,
  personId: string,
  { role, sites }: Access,
): Promise<SignedInPerson> {
  const person = await db
    .selectFrom('person')
    .select('name')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('site')
    .select(['id', 'code', 'name'])
    .orderBy('sort_key')
    .orderBy('id')
    .execute();
  return {
    id: personId,
    name: person.name,
    role,
    sites: rows.flatMap((site) => {
      const own = sites === 'all' ? role : sites.get(site.id);
      return own === undefined ? [] : [{ ...site, role: own }];
    }),
  };
}

function highestOf(roles: readonly Role[]): Role | undefined {
  return ROLES.toReversed().find((role) => roles.includes(role));
}
