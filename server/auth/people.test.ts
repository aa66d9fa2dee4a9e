import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addSite,
  type AuthTrial,
  createAuthTrial,
  PASSWORD,
} from '../../tests/support/auth-trial.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import type { ServerStore } from '../store/open-store.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { listPeople } from './list-people.ts';
import { addPerson, disablePerson, enablePerson, setPassword, updatePerson } from './people.ts';

const newFolder = useTempFolders();
const NOBODY = '0198a000-0000-7000-8000-000000000000';
let store: ServerStore;
let trial: AuthTrial;

beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder() });
  trial = createAuthTrial(store);
});
afterEach(() => store.close());

test('people are listed by name, with sites, state and when they last signed in', async () => {
  const [north, south] = [await addSite(store, 'NORTH'), await addSite(store, 'SOUTH')];
  await trial.add('Zoe', 'counter', [south, north]);
  const id = await trial.add('Bob');
  await trial.add('Ada', 'administrator');
  await trial.signIn('Zoe');
  await disablePerson(trial.auth, id);
  const role = 'counter';
  expect(await listPeople(store.reader)).toMatchObject([
    { name: 'Ada', role: 'administrator', sites: [], disabled: false, lastSeen: null },
    { name: 'Bob', login: 'bob', disabled: true },
    {
      name: 'Zoe',
      sites: [
        { code: 'NORTH', role },
        { code: 'SOUTH', role },
      ],
      lastSeen: trial.clock.now,
    },
  ]);
});

test('laptops hear of people as of every other row', async () => {
  const versionOf = async (): Promise<number> => {
    const scope = await store.reader
      .selectFrom('sync_scope')
      .select('version')
      .where('scope', '=', CATALOGUE_SCOPE)
      .executeTakeFirstOrThrow();
    return scope.version;
  };
  const before = await versionOf();
  const id = await trial.add('Bob');
  expect(await versionOf()).toBe(before + 1);
  await setPassword(trial.auth, { id, password: 'another long sentence' });
  expect(await versionOf()).toBe(before + 1);
  await disablePerson(trial.auth, id);
  expect(await versionOf()).toBe(before + 2);
});

test('somebody whom the organisation knows gets the sign-in, instead of being there twice', async () => {
  const known = store.newId();
  const row = { id: known, name: 'Martha Ellwood', role: 'picker' as const, active: true };
  await commitChanges(store, (tx) => tx.insert('person', [row]));
  expect(await trial.add('Martha Ellwood', 'supervisor')).toBe(known);
  const input = { login: 'martha2', password: PASSWORD, role: 'picker' as const, sites: [] };
  const other = await addPerson(trial.auth, { ...input, name: 'Martha Ellwood' });
  expect(other.id).not.toBe(known);
});

test('what makes no sense is refused, and leaves nothing behind', async () => {
  await trial.add('Bob');
  const person = {
    name: 'Eve',
    login: 'eve',
    password: PASSWORD,
    role: 'picker' as const,
    sites: [],
  };
  const cases: [Parameters<typeof addPerson>[1], string][] = [
    [{ ...person, login: '  BOB ' }, 'CONFLICT'],
    [{ ...person, sites: [NOBODY] }, 'UNKNOWN_SITE'],
    [{ ...person, password: 'password' }, 'BAD_INPUT'],
    [{ ...person, login: '\u0301' }, 'BAD_INPUT'],
  ];
  for (const [input, code] of cases) {
    await expect(addPerson(trial.auth, input)).rejects.toMatchObject({ code });
  }
  const update = { id: NOBODY, role: 'picker' as const, sites: [] };
  await expect(updatePerson(trial.auth, update)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(disablePerson(trial.auth, NOBODY)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(setPassword(trial.auth, { id: NOBODY, password: PASSWORD })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect((await listPeople(store.reader)).map(({ name }) => name)).toEqual(['Bob']);
});

test('the last administrator stays, even if two processes remove the last two at once', async () => {
  const [ada, eve] = [
    await trial.add('Ada', 'administrator'),
    await trial.add('Eve', 'administrator'),
  ];
  const both = await Promise.allSettled([
    disablePerson(trial.auth, ada),
    updatePerson(trial.other, { id: eve, role: 'picker', sites: [] }),
  ]);
  expect(both.map(({ status }) => status).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'fulfilled',
    'rejected',
  ]);
  const refused = both.find(({ status }) => status === 'rejected');
  expect(refused).toMatchObject({ reason: { code: 'CONFLICT' } });
  const people = await listPeople(store.reader);
  expect(people.filter(({ role, disabled }) => role === 'administrator' && !disabled)).toHaveLength(
    1,
  );
});

test('a disabled administrator is none: the other one stays', async () => {
  const [ada, eve] = [
    await trial.add('Ada', 'administrator'),
    await trial.add('Eve', 'administrator'),
  ];
  await disablePerson(trial.auth, ada);
  await expect(disablePerson(trial.auth, eve)).rejects.toMatchObject({ code: 'CONFLICT' });
  await enablePerson(trial.auth, ada);
  await disablePerson(trial.auth, eve);
  await expect(trial.signIn('Ada')).resolves.toBeDefined();
});

test('who did it stands in the audit', async () => {
  const by = { personId: store.newId(), deviceId: store.newId(), requestId: 'r1' };
  const id = await trial.add('Bob');
  await disablePerson(trial.auth, id, by);
  const lines = await store.reader.selectFrom('audit').selectAll().orderBy('id').execute();
  expect(lines).toMatchObject([
    { action: 'person.add', subject: id, person_id: null },
    { action: 'person.disable', subject: id, person_id: by.personId, request_id: 'r1' },
  ]);
  expect(JSON.stringify(lines)).not.toContain(PASSWORD);
});
