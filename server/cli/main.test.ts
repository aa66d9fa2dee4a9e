import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { recountScopes, storedDigests } from '../../tests/support/recount-scopes.ts';
import { categoryRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { DATABASE_FILE, openStore } from '../store/open-store.ts';
import { commitChanges } from '../sync/scope-commit.ts';

const newFolder = useTempFolders();
const MAIN = join(import.meta.dirname, 'main.ts');
const WRITER = join(import.meta.dirname, '../../tests/support/write-until-killed.ts');

interface Program {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

function run(script: string, ...args: string[]): Program {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env['PATH'], TALLYMAN_LOG_LEVEL: 'warn' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

async function startServe(...args: string[]): Promise<Program & { url: string }> {
  const program = run(MAIN, 'serve', '--port', '0', ...args);
  await expect.poll(program.stdout, { timeout: 20_000 }).toContain('\n');
  const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(program.stdout())?.[1];
  if (url === undefined) throw new Error(`${program.stdout()}${program.stderr()}`);
  return { ...program, url };
}

test('serve says where it listens, serves, and ends with 0 when it is told to', async () => {
  const dataDir = join(newFolder(), 'new');
  const { url, child, ended, stderr } = await startServe('--data', dataDir, '--name', 'South');
  const answer = await fetch(`${url}/healthz`);
  expect(await answer.json()).toMatchObject({ product: 'tallyman', serverName: 'South' });
  // An open keep-alive connection, as this client still has, must not hold it up.
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(stderr()).toBe('');
  // The last connection to close has brought everything into the database file itself.
  expect(existsSync(join(dataDir, `${DATABASE_FILE}-wal`))).toBe(false);
});

test('a request at work when the server is told to stop is answered', async () => {
  const { url, child, ended } = await startServe('--data', newFolder());
  let sendRest: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('{"protocol":1,'));
      sendRest = () => {
        controller.enqueue(new TextEncoder().encode('"serverId":null}'));
        controller.close();
      };
    },
  });
  const answer = fetch(`${url}/trpc/sync.hello`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  });
  await sleep(200);
  child.kill('SIGINT');
  await sleep(200);
  sendRest();
  expect((await answer).status).toBe(200);
  expect(await ended).toEqual({ code: 0, signal: null });
});

test('what is wrong is said in one sentence, without a stack', async () => {
  const folder = newFolder();
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const damaged = newFolder();
  writeFileSync(join(damaged, DATABASE_FILE), 'this is no database, though long enough'.repeat(99));
  const blocker = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void blocker.close());
  await once(blocker, 'listening');
  const { port } = blocker.address() as { port: number };
  const cases: [string[], RegExp][] = [
    [['serve'], /^Say where the data is: --data DIR or TALLYMAN_DATA\.\n$/],
    [['serve', '--data', join(folder, 'no', 'parent')], /^The folder .*no does not exist\. .*\n$/],
    [['serve', '--data', file], /^The data folder .*a-file could not be made\. .*\n$/],
    [['serve', '--data', damaged, '--port', '0'], /^The database of the server is damaged\. .*\n$/],
    [['serve', '--data', folder, '--port', 'x'], /^The port must be a number from 0 to 65535\.\n$/],
    [['serve', '--data', folder, '--port', '65536'], /^The port must be a number .*\n$/],
    [['serve', '--data', folder, '--host', '0.0.0.0'], /^This server has no sign-in yet, .*\n$/],
    [['serve', '--data', folder, '--port', String(port)], /^Port \d+ is in use .*\n$/],
    [['serve', '--data', folder, '--log-level', 'loud'], /^The log level must be one of .*\n$/],
    [['serve', '--nonsense'], /unknown option/],
    [['dance'], /unknown command/],
    [['import', file], /--data/],
    [['import', join(folder, 'none.csv'), '--data', folder], /^.*none\.csv.*\n$/],
  ];
  for (const [args, expected] of cases) {
    const { ended, stderr, stdout } = run(MAIN, ...args);
    expect((await ended).code, args.join(' ')).toBe(1);
    expect(stderr()).toMatch(expected);
    expect(stderr()).not.toMatch(/^ +at /m);
    expect(stdout()).toBe('');
  }
}, 90_000);

test('a snapshot is built on request, and what it is printed as one line', async () => {
  const data = newFolder();
  const store = await openStore({ dataDir: data });
  await commitChanges(store, (tx) => tx.insert('category', [categoryRow(1), categoryRow(2)]));
  await store.close();
  const { ended, stdout, stderr } = run(MAIN, 'snapshot', '--data', data);
  expect([(await ended).code, stderr()]).toEqual([0, '']);
  const made = JSON.parse(stdout()) as { hash: string };
  expect(made).toMatchObject({ scope: 'catalogue', version: 1, rows: 2 });
  expect(readdirSync(join(data, 'snapshots')).toSorted()).toEqual(
    ['building.lock', `${made.hash}.json`, `${made.hash}.zst`].toSorted(),
  );
}, 30_000);

test('a server killed in the middle of commits is whole when it starts again', async () => {
  const dataDir = newFolder();
  for (let round = 0; round < 4; round++) {
    const { child, ended, stdout } = run(WRITER, '--data', dataDir);
    await expect.poll(stdout, { timeout: 20_000 }).toContain('first commit');
    // A different moment each round; whichever it is, all must hold.
    await sleep(17 + 31 * round);
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    const store = await openStore({ dataDir });
    const digests = await storedDigests(store);
    expect(digests).toEqual(await recountScopes(store));
    const [count] = [...digests.values()].map((digest) => digest.count);
    const { version } = await store.reader
      .selectFrom('sync_scope')
      .select('version')
      .executeTakeFirstOrThrow();
    // Every commit brought 200 rows and raised the version by one.
    expect(count).toBe(version * 200);
    await store.close();
    const database = new Database(join(dataDir, DATABASE_FILE));
    expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    database.close();
  }
}, 90_000);
