import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTRPCClient, httpLink } from '@trpc/client';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { laptop, PASSWORD } from '../../tests/support/auth-trial.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import type { ServerRouter } from '../router.ts';

const newFolder = useTempFolders();
const MAIN = join(import.meta.dirname, 'main.ts');
const HELLO = { protocol: 1, serverId: null };
let data: string;

beforeEach(() => {
  data = join(newFolder(), 'data');
});

interface Answer {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** One command, with a line on stdin if it is asked for one. */
async function run(args: readonly string[], line = PASSWORD): Promise<Answer> {
  const child = spawn(process.execPath, [MAIN, ...args, '--data', data], {
    env: { PATH: process.env['PATH'], TALLYMAN_LOG_LEVEL: 'warn' },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${line}\nand what else is there\n`);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(args);
  expect([code, stderr], args.join(' ')).toEqual([0, '']);
  return stdout;
}

async function startServe(): Promise<string> {
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--data', data], {
    env: { PATH: process.env['PATH'], TALLYMAN_LOG_LEVEL: 'warn' },
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  await expect.poll(() => stdout).toContain('\n');
  return /^listening on (\S+)\n/.exec(stdout)?.[1] ?? '';
}

function importSites(): Promise<string> {
  const file = join(newFolder(), 'places.csv');
  writeFileSync(file, 'site,code\nNORTH,A-01\nSOUTH,B-01\n');
  return succeed('import', file, '--kind', 'locations');
}

test('beside a running server: people come, work and go, laptops too', async () => {
  const url = await startServe();
  const client = (token?: string, path = '') =>
    createTRPCClient<ServerRouter>({
      links: [
        httpLink({
          url: `${url}${path}/trpc`,
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        }),
      ],
    });
  const codeOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'done',
      (error: unknown) => (error as { data: { wire: { code: string } } }).data.wire.code,
    );
  const device = laptop();
  const signIn = (login: string, path = '') =>
    client(undefined, path).auth.signIn.mutate({ login, password: PASSWORD, device });
  // The earlier commands, and a laptop without a sign-in.
  await importSites();
  expect(await codeOf(client().sync.hello.query(HELLO))).toBe('done');
  expect(JSON.parse(await succeed('user', 'list', '--json'))).toEqual([]);

  await succeed('user', 'add', 'Ada Lund', '--role', 'administrator');
  expect(await codeOf(client().sync.hello.query(HELLO))).toBe('UNAUTHORIZED');
  const ada = await signIn('ada lund');
  expect(ada.person.sites.map(({ code }) => code)).toEqual(['NORTH', 'SOUTH']);
  expect(await codeOf(client(ada.accessToken).sync.hello.query(HELLO))).toBe('done');
  // They go on working: whoever may write the data folder needs no sign-in.
  await importSites();
  await succeed('snapshot');

  await succeed('user', 'add', 'Bob', '--login', 'b1', '--role', 'counter', '--site', 'north');
  const bob = await signIn('B1');
  expect(bob.person).toMatchObject({ name: 'Bob', role: 'counter' });
  await succeed('user', 'disable', 'B1');
  const stillIn = (token: string) => codeOf(client(token).auth.me.query({}));
  await expect.poll(() => stillIn(bob.accessToken)).toBe('SESSION_ENDED');
  expect(await codeOf(signIn('b1'))).toBe('SIGN_IN_FAILED');
  await succeed('user', 'enable', 'b1');
  const back = await signIn('b1');
  expect(await stillIn(back.accessToken)).toBe('done');
  expect((await run(['user', 'password', 'b1'], 'another long sentence')).code).toBe(0);
  await expect.poll(() => stillIn(back.accessToken)).toBe('SESSION_ENDED');
  const table = await succeed('user', 'list');
  expect(table).toMatch(/^Ada Lund +ada lund +administrator +all +enabled +\d{4}-/m);
  expect(table).toMatch(/^Bob +b1 +counter +NORTH +enabled +\d{4}-/m);

  expect(await succeed('device', 'list')).toContain(device.id);
  await succeed('device', 'revoke', device.id);
  await expect.poll(() => stillIn(ada.accessToken)).toBe('DEVICE_REVOKED');
  expect(await codeOf(signIn('ada lund'))).toBe('DEVICE_REVOKED');
  expect(JSON.parse(await succeed('device', 'list', '--json'))).toMatchObject([
    { id: device.id, revokedAt: expect.any(Number) as number },
  ]);
}, 120_000);

test('organisations are added beside a running server, with people of their own', async () => {
  const url = await startServe();
  const signInOf = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${url}${path}/healthz`);
    return answer.ok ? ((await answer.json()) as { signIn: unknown }).signIn : answer.status;
  };
  expect(await signInOf('/o/acme')).toBe(404);
  await succeed('organisation', 'add', 'acme', '--name', 'Acme');
  expect(await signInOf('/o/acme')).toBe('open');
  await succeed('user', 'add', 'Eve', '--role', 'administrator', '--organisation', 'acme');
  expect(await signInOf('/o/acme')).toBe('required');
  expect(await signInOf('')).toBe('open');
  expect(JSON.parse(await succeed('organisation', 'list', '--json'))).toEqual([
    { code: null, name: 'Tallyman', signIn: 'open' },
    { code: 'acme', name: 'Acme', signIn: 'required' },
  ]);
}, 60_000);

test('what is wrong is said in one sentence', async () => {
  await importSites();
  await succeed('user', 'add', 'Ada', '--role', 'administrator');
  const bob = ['user', 'add', 'Bob', '--role', 'picker'];
  const cases: [string[], RegExp, string?][] = [
    [[...bob, '--site', 'WEST'], /^There is no site WEST\. There are: NORTH, SOUTH\.\n$/],
    [bob, /^Say where they work, with --site CODE\. There are: NORTH, SOUTH\.\n$/],
    [[...bob, '--site', 'NORTH'], /^A password has 8 to 128 characters\.\n$/, 'short'],
    [[...bob, '--site', 'NORTH'], /^Give the password as a line on stdin\.\n$/, ''],
    [['user', 'disable', 'Zed'], /^Nobody signs in as Zed\. These do: ada\.\n$/],
    [['user', 'list', '--organisation', 'acme'], /^There is no server's database in .*\n$/],
    [['organisation', 'add', 'Not A Code'], /^The code of an organisation is .*\n$/],
  ];
  for (const [args, expected, line] of cases) {
    const { code, stdout, stderr } = await run(args, line);
    expect([code, stdout], args.join(' ')).toEqual([1, '']);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/^ +at /m);
  }
}, 120_000);
