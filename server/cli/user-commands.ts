import { type Command, Option } from 'commander';
import type { Kysely } from 'kysely';
import { ROLES } from '../../shared/entities/person.ts';
import { TallymanError } from '../../shared/errors.ts';
import { addPersonInput, type AdminPerson } from '../../shared/sync/admin-protocol.ts';
import type { Role } from '../../shared/sync/auth-protocol.ts';
import { foldLogin } from '../auth/fold-login.ts';
import { listPeople } from '../auth/list-people.ts';
import { addPerson, disablePerson, enablePerson, setPassword } from '../auth/people.ts';
import type { TenantAuth } from '../auth/tenant-auth.ts';
import { openStore } from '../store/open-store.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { commandLocation, type LocationFlags } from './command-location.ts';
import { withCommandStore } from './command-store.ts';
import { locatedInOrganisation } from './located-command.ts';
import { readPassword } from './read-password.ts';
import { printTable } from './print-table.ts';

interface AddFlags extends LocationFlags {
  role: Role;
  site?: string[];
  login?: string;
}

/** Of names that a message lists. */
const LISTED_MAX = 20;

/** People who sign in. They work beside a running server, which takes notice within seconds. */
export function addUserCommands(program: Command): void {
  const user = program.command('user').description('people who sign in');
  locatedInOrganisation(user.command('add'))
    .description('give somebody a sign-in; the password comes from stdin, as one line')
    .argument('<name>')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).makeOptionMandatory())
    .option('--site <codes...>', 'where they work; an administrator has all sites')
    .option('--login <name>', 'what they sign in with, if it is not the name')
    .action(addUser);
  locatedInOrganisation(user.command('list'))
    .description('everybody, with role and sites')
    .option('--json', 'one line of JSON, for scripts')
    .action((flags: LocationFlags & { json?: boolean }) =>
      withCommandStore(flags, async ({ store }) =>
        tellPeople(await listPeople(store.reader), flags),
      ),
    );
  locatedInOrganisation(user.command('disable'))
    .description('end all sessions of somebody, and let them in no more')
    .argument('<name>', 'what they sign in with')
    .action((name: string, flags: LocationFlags) =>
      withPerson(name, flags, ({ auth, id }) => disablePerson(auth, id)),
    );
  locatedInOrganisation(user.command('enable'))
    .description('let somebody in again')
    .argument('<name>', 'what they sign in with')
    .action((name: string, flags: LocationFlags) =>
      withPerson(name, flags, ({ auth, id }) => enablePerson(auth, id)),
    );
  locatedInOrganisation(user.command('password'))
    .description('set a password, from stdin, and end all sessions of the person')
    .argument('<name>', 'what they sign in with')
    .action((name: string, flags: LocationFlags) =>
      withPerson(name, flags, async ({ auth, id }) =>
        setPassword(auth, { id, password: await readPassword(process) }),
      ),
    );
}

async function addUser(name: string, flags: AddFlags): Promise<void> {
  await makeStore(flags);
  await withCommandStore(flags, async (auth) => {
    const sites = await siteIds(auth.store.reader, flags);
    const password = await readPassword(process);
    const input = { name, login: flags.login ?? name, password, role: flags.role, sites };
    const parsed = addPersonInput.safeParse(input);
    if (!parsed.success) throw badPerson(parsed.error.issues[0]?.path[0]);
    const { id } = await addPerson(auth, parsed.data);
    process.stdout.write(`${JSON.stringify({ id, name, role: flags.role })}\n`);
  });
}

/** A server's first people may be added before it has ever run. */
async function makeStore(flags: AddFlags): Promise<void> {
  if (flags.organisation !== undefined) return;
  const store = await openStore(commandLocation(flags, process.env));
  await store.close();
}

async function siteIds(
  db: Kysely<ServerDatabase>,
  { role, site: codes = [] }: AddFlags,
): Promise<string[]> {
  if (role === 'administrator') {
    if (codes.length === 0) return [];
    throw new TallymanError('BAD_INPUT', 'An administrator has all sites: leave out --site.');
  }
  const sites = await db.selectFrom('site').select(['id', 'code']).orderBy('code').execute();
  const there =
    sites.length === 0
      ? 'There are none yet.'
      : `There are: ${listed(sites.map(({ code }) => code))}.`;
  if (codes.length === 0) {
    throw new TallymanError('BAD_INPUT', `Say where they work, with --site CODE. ${there}`);
  }
  return codes.map((wanted) => {
    const found = sites.find(({ code }) => code.toLowerCase() === wanted.toLowerCase());
    if (found !== undefined) return found.id;
    throw new TallymanError('UNKNOWN_SITE', `There is no site ${wanted}. ${there}`);
  });
}

function badPerson(field: PropertyKey | undefined): TallymanError {
  const sentence =
    field === 'password'
      ? 'A password has 8 to 128 characters.'
      : 'A name has 1 to 100 characters, and so has a --login.';
  return new TallymanError('BAD_INPUT', sentence);
}

async function withPerson(
  name: string,
  flags: LocationFlags,
  work: (person: { auth: TenantAuth; id: string }) => Promise<void>,
): Promise<void> {
  await withCommandStore(flags, async (auth) => {
    const people = await listPeople(auth.store.reader);
    const found = people.find(({ login }) => login === foldLogin(name));
    if (found === undefined) {
      const logins = people.flatMap(({ login }) => login ?? []);
      const there = logins.length === 0 ? 'Nobody does yet.' : `These do: ${listed(logins)}.`;
      throw new TallymanError('NOT_FOUND', `Nobody signs in as ${name}. ${there}`);
    }
    await work({ auth, id: found.id });
  });
}

function tellPeople(people: readonly AdminPerson[], { json }: { json?: boolean }): void {
  if (json === true) {
    process.stdout.write(`${JSON.stringify(people)}\n`);
    return;
  }
  printTable(
    ['name', 'signs in as', 'role', 'sites', 'state', 'last seen'],
    people.map(({ name, login, role, sites, disabled, lastSeen }) => [
      name,
      login ?? '–',
      role,
      role === 'administrator' ? 'all' : sites.map(({ code }) => code).join(' ') || '–',
      disabled ? 'disabled' : 'enabled',
      lastSeen === null ? 'never' : new Date(lastSeen).toISOString(),
    ]),
  );
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED_MAX).join(', ');
  return names.length > LISTED_MAX ? `${shown} …` : shown;
}
