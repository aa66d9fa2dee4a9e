import type { Kysely } from 'kysely';
import type { AdminPerson } from '../../shared/sync/admin-protocol.ts';
import type { Role } from '../../shared/sync/auth-protocol.ts';
import type { ServerDatabase } from '../store/server-database.ts';

/** Far above what a person looks through. */
const PEOPLE_LISTED_MAX = 5_000;

/** By name; with those who never sign in, whose work bears their name all the same. */
export async function listPeople(db: Kysely<ServerDatabase>): Promise<readonly AdminPerson[]> {
  const people = await db
    .selectFrom('person')
    .leftJoin('account', 'account.person_id', 'person.id')
    .select(['id', 'name', 'role', 'active', 'login', 'disabled_at'])
    .orderBy('sort_key')
    .orderBy('id')
    .limit(PEOPLE_LISTED_MAX)
    .execute();
  const seen = new Map(
    (
      await db
        .selectFrom('session')
        .select((row) => ['person_id', row.fn.max('rotated_at').as('seen_at')])
        .groupBy('person_id')
        .execute()
    ).map(({ person_id, seen_at }) => [person_id, seen_at]),
  );
  const sites = await sitesOfPeople(db);
  return people.map(({ id, name, role, active, login, disabled_at }) => ({
    id,
    name,
    login,
    role,
    sites: sites.get(id) ?? [],
    disabled: active !== 1 || disabled_at !== null,
    lastSeen: seen.get(id) ?? null,
  }));
}

async function sitesOfPeople(
  db: Kysely<ServerDatabase>,
): Promise<ReadonlyMap<string, AdminPerson['sites']>> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('site', 'site.id', 'membership.site_id')
    .select(['person_id', 'site.id', 'site.code', 'membership.role'])
    .orderBy('code')
    .execute();
  const sites = new Map<string, { id: string; code: string; role: Role }[]>();
  for (const { person_id, id, code, role } of rows) {
    const own = sites.get(person_id) ?? [];
    own.push({ id, code, role: role as Role });
    sites.set(person_id, own);
  }
  return sites;
}
