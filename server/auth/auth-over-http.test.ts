import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import { pino } from 'pino';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { addSite, laptop, PASSWORD } from '../../tests/support/auth-trial.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { photoPath } from '../../shared/sync/photo-transfer.ts';
import { asksForSignIn } from '../../shared/sync/sign-in-challenge.ts';
import { snapshotPath } from '../../shared/sync/snapshot.ts';
import { ADMIN_IMPORT_BYTES_MAX } from '../../shared/sync/admin-protocol.ts';
import type { ServerRouter } from '../router.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const newFolder = useTempFolders();
const HELLO = { protocol: 1, serverId: null };
const device = laptop();
let server: RunningServer;
let logLines: string[];

beforeEach(async () => {
  logLines = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void logLines.push(line) });
  server = await startServer({ dataDir: newFolder(), port: 0, logger, snapshots: false });
  onTestFinished(server.close);
});

function client(token?: string, headers: Record<string, string> = {}) {
  const given = token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` };
  const url = `${server.url}/trpc`;
  return createTRPCClient<ServerRouter>({
    links: [httpLink({ url, headers: given, methodOverride: 'POST' })],
  });
}

interface Failure {
  code: string | undefined;
  status: number | undefined;
}

async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCClientError)) throw new Error('the call went through');
  const data = error.data as { httpStatus?: number; wire?: { code: string } } | undefined;
  return { code: data?.wire?.code, status: data?.httpStatus };
}

/** The first account, by whoever sits at the server. */
async function addAda(): Promise<void> {
  const ada = { name: 'Ada', login: 'ada', password: PASSWORD, sites: [] };
  await client().admin.people.add.mutate({ ...ada, role: 'administrator' });
}

function signIn(login: string, password = PASSWORD) {
  return client().auth.signIn.mutate({ login, password, device });
}

test('with the first account the server asks everybody who they are', async () => {
  const signInOf = async (): Promise<unknown> =>
    ((await (await fetch(`${server.url}/healthz`)).json()) as { signIn: unknown }).signIn;
  await expect(client().sync.hello.query(HELLO)).resolves.toBeDefined();
  expect(await signInOf()).toBe('open');
  await addAda();
  expect(await signInOf()).toBe('required');
  const unauthorized = { code: 'UNAUTHORIZED', status: 401 };
  expect(await failureOf(client().sync.hello.query(HELLO))).toEqual(unauthorized);
  expect(await failureOf(client().admin.people.list.query({}))).toEqual(unauthorized);
  expect(await failureOf(client('nonsense').sync.hello.query(HELLO))).toEqual(unauthorized);
  for (const authorization of ['Basic YWRhOng=', 'Bearer', 'bearer a b', 'Bearer \u00e9']) {
    const call = client(undefined, { authorization }).sync.hello.query(HELLO);
    expect(await failureOf(call)).toEqual(unauthorized);
  }
  const { accessToken, person } = await signIn('ADA');
  await expect(client(accessToken).sync.hello.query(HELLO)).resolves.toBeDefined();
  expect(await client(accessToken).auth.me.query({})).toEqual(person);
});

test.each([
  ['a query', '/trpc/sync.hello', JSON.stringify(HELLO)],
  ['a snapshot', snapshotPath('a'.repeat(64)), null],
  ['a photo', photoPath('a'.repeat(64)), null],
])(
  '%s that needs a sign-in says so as HTTP does, by which laptops know us from a proxy',
  async (_, path, body) => {
    await addAda();
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const answer = await fetch(`${server.url}${path}`, body === null ? {} : post);
    expect(answer.status).toBe(401);
    expect(asksForSignIn(Object.fromEntries(answer.headers))).toBe(true);
  },
);

test('an open server takes nobody who came through somebody else', async () => {
  for (const header of ['x-forwarded-for', 'forwarded', 'via']) {
    const call = client(undefined, { [header]: '127.0.0.1' }).sync.hello.query(HELLO);
    expect(await failureOf(call)).toEqual({ code: 'UNAUTHORIZED', status: 401 });
  }
});

test('what a laptop is told has the status that fits', async () => {
  await addAda();
  const ada = client((await signIn('ada')).accessToken);
  expect(await failureOf(signIn('ada', 'wrong'))).toEqual({ code: 'SIGN_IN_FAILED', status: 401 });
  const north = await addSite(server.store, 'NORTH');
  const bob = { name: 'Bob', login: 'bob', password: PASSWORD, role: 'picker' as const };
  await ada.admin.people.add.mutate({ ...bob, sites: [north] });
  const session = await signIn('bob');
  expect(session.person.sites.map(({ code }) => code)).toEqual(['NORTH']);
  const forbidden = { code: 'FORBIDDEN', status: 403 };
  const asBob = client(session.accessToken);
  expect(await failureOf(asBob.admin.people.list.query({}))).toEqual(forbidden);
  expect(await failureOf(asBob.admin.devices.revoke.mutate({ id: device.id }))).toEqual(forbidden);
  const health = {
    waiting: 3,
    refused: 0,
    conflicts: 1,
    lastSyncAt: 5,
    lastOutcome: 'complete' as const,
    lastErrorCode: null,
    oldestWaitingAt: 4,
  };
  await asBob.auth.report.mutate({ device, health });
  expect(await failureOf(asBob.auth.report.mutate({ device: laptop(), health }))).toEqual({
    code: 'BAD_INPUT',
    status: 400,
  });
  expect(await ada.admin.devices.list.query({})).toMatchObject([
    { id: device.id, lastPerson: { name: 'Bob' }, health: { waiting: 3 }, revokedAt: null },
  ]);
  await ada.admin.devices.revoke.mutate({ id: device.id });
  const revoked = { code: 'DEVICE_REVOKED', status: 403 };
  expect(await failureOf(asBob.sync.hello.query(HELLO))).toEqual(revoked);
  const { refreshToken } = session;
  expect(await failureOf(client().auth.refresh.mutate({ refreshToken, device }))).toEqual(revoked);
  const handedOver = { refreshToken, deviceId: device.id, operations: [], done: true };
  expect(await client().auth.quarantine.mutate(handedOver)).toEqual({ kept: [] });
});

test('an administrator imports a file, and first sees what it would do', async () => {
  await addAda();
  const ada = client((await signIn('ada')).accessToken);
  const lines = ['sku,name', 'A-1,Ladder', 'A-2,Bucket', ',Nothing'];
  const file = { kind: 'products', fileName: '../../goods.csv', currency: null } as const;
  const asked = { ...file, text: lines.join('\n') };
  const expected = { lines: 3, created: 2, changed: 0, unchanged: 0, problemCount: 1 };
  expect(await ada.admin.import.mutate({ ...asked, dryRun: true })).toMatchObject(expected);
  const count = () => server.store.reader.selectFrom('product').select('sku').execute();
  expect(await count()).toEqual([]);
  const done = await ada.admin.import.mutate({ ...asked, dryRun: false });
  expect(done).toMatchObject(expected);
  expect(done.problems).toEqual([{ line: 4, reason: expect.stringContaining('sku') as string }]);
  expect(await count()).toHaveLength(2);
  const again = { ...asked, text: 'sku,name\nA-1,Long ladder\nA-2,Bucket', dryRun: false };
  expect(await ada.admin.import.mutate(again)).toMatchObject({ changed: 1, unchanged: 1 });
  const [line] = await ada.admin.audit.list.query({ before: null, limit: 1 });
  expect(line).toMatchObject({ action: 'admin.import', person: { name: 'Ada' }, outcome: 'done' });
  const full = `sku,name\n${'"B",""\n'.repeat(Math.floor(ADMIN_IMPORT_BYTES_MAX / 7) - 2)}`;
  const large = await ada.admin.import.mutate({ ...asked, text: full, dryRun: true });
  expect(large.problems.length).toBeLessThan(large.problemCount);
  expect(
    await failureOf(ada.admin.import.mutate({ ...asked, text: `${full}${full}`, dryRun: true })),
  ).toEqual({ code: 'TOO_LARGE', status: 413 });
}, 60_000);

test('neither passwords nor tokens stand in the log, nor in any error', async () => {
  await addAda();
  const session = await signIn('ada');
  await failureOf(signIn('ada', 'a wrong secret'));
  await failureOf(client(`${session.accessToken}x`).sync.hello.query(HELLO));
  const { refreshToken } = session;
  const next = await client().auth.refresh.mutate({ refreshToken, device });
  await client(next.accessToken).auth.me.query({});
  await failureOf(client().auth.refresh.mutate({ refreshToken, device }));
  await fetch(`${server.url}/trpc/auth.me?input=%7B%7D`, {
    headers: { authorization: `Bearer ${next.accessToken}` },
  });
  const log = logLines.join('');
  expect(log).toContain('auth.signIn');
  const secrets = [session, next].flatMap((given) => [
    given.accessToken.split('.')[2] ?? '',
    given.refreshToken.split('.')[1] ?? '',
  ]);
  for (const secret of [PASSWORD, 'a wrong secret', ...secrets]) expect(log).not.toContain(secret);
});
