import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { createAuthTrial, laptop, PASSWORD } from '../../tests/support/auth-trial.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { testLocation } from '../../tests/support/test-store.ts';
import { DATABASE_FILE } from '../store/engine/open-engine.ts';
import { openStore, type ServerStore } from '../store/open-store.ts';

const newFolder = useTempFolders();
const MAIN = join(import.meta.dirname, 'main.ts');
let data: string;
let database: string;

beforeEach(async () => {
  data = newFolder();
  database = (await testLocation(data)).database ?? '';
});

interface Answer {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** One command as a person types it, who gives the password when asked. */
async function run(...args: string[]): Promise<Answer> {
  const child = spawn(process.execPath, [MAIN, ...args, '--data', data, '--database', database]);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${PASSWORD}\n`);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stderr], args.join(' ')).toEqual([0, '']);
  return stdout;
}

async function told(...args: string[]): Promise<unknown> {
  return JSON.parse(await succeed(...args));
}

async function look<T>(work: (store: ServerStore) => Promise<T>, schema?: string): Promise<T> {
  const store = await openStore({ dataDir: data, database, schema });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Name and whether they may sign in, of all people of an organisation. */
function people(schema?: string): Promise<[string, boolean][]> {
  return look(async ({ reader }) => {
    const rows = await reader
      .selectFrom('account')
      .innerJoin('person', 'person.id', 'account.person_id')
      .select(['person.name', 'account.disabled_at'])
      .orderBy('person.name')
      .execute();
    return rows.map(({ name, disabled_at }) => [name, disabled_at === null]);
  }, schema);
}

function schemas(): Promise<string[]> {
  return look(async ({ reader }) => {
    const { rows } = await sql<{ name: string }>`
      select nspname as name from pg_catalog.pg_namespace where nspname like '%tallyman%'
      order by nspname`.execute(reader);
    return rows.map(({ name }) => name);
  });
}

/** Somebody signs in on a laptop. Returns what the laptop is known by. */
function signIn(login: string): Promise<string> {
  return look(async (store) => {
    const device = laptop();
    await createAuthTrial(store, { now: Date.now() }).signIn(login, { device });
    return device.id;
  });
}

test('everything that is done by commands is done in a database too', async () => {
  const { serverId } = (await told('migrate')) as { serverId: string };
  expect(serverId).toBe(await look(async (store) => store.serverId));

  const places = join(newFolder(), 'places.csv');
  writeFileSync(places, 'site,code\nNORTH,A-01\nSOUTH,B-01\n');
  await succeed('import', places, '--kind', 'locations');
  expect(await told('user', 'add', 'Ada', '--role', 'administrator')).toMatchObject({
    name: 'Ada',
    role: 'administrator',
  });
  await succeed('user', 'add', 'Bob', '--role', 'counter', '--site', 'north');
  const device = await signIn('bob');
  await succeed('user', 'disable', 'BOB');
  expect(await succeed('user', 'list')).toMatch(/^Bob +bob +counter +NORTH +disabled +\d{4}-/m);
  expect(await people()).toEqual([
    ['Ada', true],
    ['Bob', false],
  ]);

  await succeed('device', 'revoke', device);
  expect(await told('device', 'list', '--json')).toMatchObject([
    { id: device, lastPerson: { name: 'Bob' }, revokedAt: expect.any(Number) as number },
  ]);

  expect(await told('organisation', 'add', 'acme', '--name', 'Acme')).toEqual({
    code: 'acme',
    name: 'Acme',
  });
  await succeed('user', 'add', 'Eve', '--role', 'administrator', '--organisation', 'acme');
  expect(await people('tallyman_acme')).toEqual([['Eve', true]]);
  expect(await people()).toHaveLength(2);
  expect(await run('user', 'list', '--organisation', 'nobody')).toMatchObject({
    code: 1,
    stderr: 'There is no organisation nobody. Add it with "organisation add" first.\n',
  });
  expect(await schemas()).toEqual(['tallyman', 'tallyman_acme']);

  const file = join(newFolder(), 'office.backup');
  expect(await told('backup', file)).toMatchObject({ file });
  expect(existsSync(file)).toBe(true);
  await succeed('user', 'enable', 'bob');
  expect(await told('compact', '--older-than', '0')).toMatchObject({ hint: null });
  expect(await run('restore', file)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^There is a store in tallyman already\. .*--replace/) as string,
  });
  const { replaced } = (await told('restore', file, '--replace')) as { replaced: string };
  // As it was, and the other organisation as it is.
  expect(await people()).toEqual([
    ['Ada', true],
    ['Bob', false],
  ]);
  expect(await people(replaced)).toContainEqual(['Bob', true]);
  expect(await told('organisation', 'list', '--json')).toEqual([
    { code: null, name: 'Tallyman', signIn: 'required' },
    { code: 'acme', name: 'Acme', signIn: 'required' },
  ]);
  expect(await schemas()).toEqual([replaced, 'tallyman', 'tallyman_acme'].toSorted());
  // Nothing of it went into a file, as without --database.
  expect(existsSync(join(data, DATABASE_FILE))).toBe(false);
}, 240_000);
