import type { Transaction } from 'kysely';
import type { Person } from '../../shared/entities/person.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { AddPersonInput, UpdatePersonInput } from '../../shared/sync/admin-protocol.ts';
import type { Role } from '../../shared/sync/auth-protocol.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { audit } from './audit.ts';
import { endSessions } from './end-sessions.ts';
import { foldLogin } from './fold-login.ts';
import { assertGoodPassword } from './password-rules.ts';
import { noteRightsChange } from './rights-changes.ts';
import type { TenantAuth } from './tenant-auth.ts';

/** Who looks after people: an administrator at a laptop, or nobody that is known at the server itself. */
export interface DoneBy {
  personId?: string | undefined;
  deviceId?: string | undefined;
  requestId?: string | undefined;
}

/** Throws CONFLICT if the name to sign in with is taken, UNKNOWN_SITE, and BAD_INPUT for a password that is too weak. */
export async function addPerson(
  auth: TenantAuth,
  { name, login, password, role, sites }: AddPersonInput,
  by: DoneBy = {},
): Promise<{ id: string }> {
  const folded = foldLogin(login);
  if (folded === '')
    throw new TallymanError('BAD_INPUT', 'A sign-in name needs letters or digits.');
  assertGoodPassword(password, [name, login]);
  const hash = await auth.passwords.hash(password);
  const newId = auth.store.newId();
  const at = auth.now();
  return change(auth, { action: 'person.add', by }, async (tx) => {
    if ((await accountBy(tx.db, folded)) !== undefined) {
      throw new TallymanError('CONFLICT', 'That sign-in name is taken. Choose another one.');
    }
    const known = await nameWithoutAccount(tx.db, name);
    const id = known ?? newId;
    const row: Person = { id, name, role, active: true };
    if (known === null) await tx.insert('person', [row]);
    else await tx.update('person', [row]);
    await tx.db
      .insertInto('account')
      .values({
        person_id: id,
        login: folded,
        password_hash: hash,
        password_changed_at: at,
        failures: 0,
        refused_until: null,
        created_at: at,
        disabled_at: null,
      })
      .execute();
    await setMemberships(tx.db, id, { role, sites });
    return { id };
  });
}

/** Another role, other sites. Whoever is signed in has them within seconds. */
export async function updatePerson(
  auth: TenantAuth,
  { id, role, sites }: UpdatePersonInput,
  by: DoneBy = {},
): Promise<void> {
  await change(auth, { action: 'person.update', by }, async (tx) => {
    const person = await personRow(tx.db, id);
    await keepingAdministrator(tx.db, async () => {
      await tx.update('person', [{ ...person, role }]);
      await setMemberships(tx.db, id, { role, sites });
    });
    return { id };
  });
}

/** Ends all sessions of the person. */
export async function setPassword(
  auth: TenantAuth,
  { id, password }: { id: string; password: string },
  by: DoneBy = {},
): Promise<void> {
  const known = await auth.store.reader
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .select(['login', 'name'])
    .where('person_id', '=', id)
    .executeTakeFirst();
  if (known === undefined) throw new TallymanError('NOT_FOUND', 'Nobody signs in as this person.');
  assertGoodPassword(password, [known.name, known.login]);
  const hash = await auth.passwords.hash(password);
  const at = auth.now();
  await change(auth, { action: 'person.password', by }, async ({ db }) => {
    await db
      .updateTable('account')
      .set({ password_hash: hash, password_changed_at: at, failures: 0, refused_until: null })
      .where('person_id', '=', id)
      .execute();
    await endSessions(db, { at, reason: 'password', personId: id });
    return { id };
  });
}

/** Ends all sessions of the person. Their work keeps their name. */
export async function disablePerson(auth: TenantAuth, id: string, by: DoneBy = {}): Promise<void> {
  const at = auth.now();
  await change(auth, { action: 'person.disable', by }, async (tx) => {
    const person = await personRow(tx.db, id);
    await keepingAdministrator(tx.db, async () => {
      await tx.update('person', [{ ...person, active: false }]);
      await tx.db
        .updateTable('account')
        .set({ disabled_at: at })
        .where('person_id', '=', id)
        .where('disabled_at', 'is', null)
        .execute();
    });
    await endSessions(tx.db, { at, reason: 'disabled', personId: id });
    return { id };
  });
}

export async function enablePerson(auth: TenantAuth, id: string, by: DoneBy = {}): Promise<void> {
  await change(auth, { action: 'person.enable', by }, async (tx) => {
    const person = await personRow(tx.db, id);
    await tx.update('person', [{ ...person, active: true }]);
    await tx.db
      .updateTable('account')
      .set({ disabled_at: null, failures: 0, refused_until: null })
      .where('person_id', '=', id)
      .execute();
    return { id };
  });
}

/** The lock on the catalogue makes all of these one after the other, so that no two together remove the last administrator. */
async function change(
  auth: TenantAuth,
  { action, by }: { action: string; by: DoneBy },
  work: (tx: ChangeTransaction) => Promise<{ id: string }>,
): Promise<{ id: string }> {
  const { store, now, actors } = auth;
  const { result } = await commitChanges(
    store,
    async (tx) => {
      const done = await work(tx);
      await audit(store, tx.db, [{ at: now(), action, ...by, subject: done.id, outcome: 'done' }]);
      await noteRightsChange(tx.db);
      return done;
    },
    { scopes: [CATALOGUE_SCOPE] },
  );
  actors.forget();
  return result;
}

async function accountBy(
  db: Transaction<ServerDatabase>,
  login: string,
): Promise<{ person_id: string } | undefined> {
  return db.selectFrom('account').select('person_id').where('login', '=', login).executeTakeFirst();
}

async function personRow(db: Transaction<ServerDatabase>, id: string): Promise<Person> {
  const row = await db
    .selectFrom('person')
    .select(['id', 'name', 'role', 'active'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new TallymanError('NOT_FOUND', 'There is no such person.');
  return { ...row, active: row.active === 1 };
}

/** Somebody of this name whom the organisation knows already gets the sign-in, instead of being there twice. */
async function nameWithoutAccount(
  db: Transaction<ServerDatabase>,
  name: string,
): Promise<string | null> {
  const found = await db
    .selectFrom('person')
    .leftJoin('account', 'account.person_id', 'person.id')
    .select('id')
    .where('name', '=', name)
    .where('active', '=', 1)
    .where('person_id', 'is', null)
    .limit(2)
    .execute();
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

async function setMemberships(
  db: Transaction<ServerDatabase>,
  personId: string,
  { role, sites }: { role: Role; sites: readonly string[] },
): Promise<void> {
  const rows = role === 'administrator' ? [] : [...new Set(sites)];
  const known = await db.selectFrom('site').select('id').execute();
  const ids = new Set(known.map(({ id }) => id));
  if (!rows.every((id) => ids.has(id))) {
    throw new TallymanError('UNKNOWN_SITE', 'There is no such site.');
  }
  await db.deleteFrom('membership').where('person_id', '=', personId).execute();
  if (rows.length === 0) return;
  await db
    .insertInto('membership')
    .values(rows.map((siteId) => ({ person_id: personId, site_id: siteId, role })))
    .execute();
}

/** Runs `work`, which must not leave an organisation that has an administrator without any. */
async function keepingAdministrator(
  db: Transaction<ServerDatabase>,
  work: () => Promise<void>,
): Promise<void> {
  const before = await hasAdministrator(db);
  await work();
  if (!before || (await hasAdministrator(db))) return;
  throw new TallymanError('CONFLICT', 'Somebody has to stay administrator. Add another one first.');
}

async function hasAdministrator(db: Transaction<ServerDatabase>): Promise<boolean> {
  const found = await db
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .select('person_id')
    .where('role', '=', 'administrator')
    .where('active', '=', 1)
    .where('disabled_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
