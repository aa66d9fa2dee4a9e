import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AuthTrial, createAuthTrial, laptop } from '../../tests/support/auth-trial.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import type { QuarantineInput, SignedIn } from '../../shared/sync/auth-protocol.ts';
import { listQuarantine } from '../admin/admin-lists.ts';
import type { ServerStore } from '../store/open-store.ts';
import { listDevices, revokeDevice } from './devices.ts';
import { quarantine } from './quarantine.ts';
import { refreshSession } from './refresh-session.ts';

const newFolder = useTempFolders();
const device = laptop();
const REFUSED = { code: 'UNAUTHORIZED' };
let store: ServerStore;
let trial: AuthTrial;
let bob: SignedIn;

beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder() });
  trial = createAuthTrial(store);
  await trial.add('Bob');
  bob = await trial.signIn('Bob', { device });
});
afterEach(() => store.close());

function send(input: Partial<QuarantineInput>, auth = trial.auth) {
  return quarantine(auth, {
    refreshToken: bob.refreshToken,
    deviceId: device.id,
    operations: [],
    done: false,
    ...input,
  });
}

function operation(text = '{"kind":"count"}') {
  return { operationId: randomUUID(), personId: bob.person.id, operation: text };
}

test('a revoked laptop hands over its work, as often as it likes, and says when it is done', async () => {
  await revokeDevice(trial.auth, device.id);
  const [one, two] = [operation('{"n":1}'), operation('{"n":2}')];
  expect(await send({ operations: [one] })).toEqual({ kept: [one.operationId] });
  const both = await Promise.all([
    send({ operations: [one, two] }),
    send({ operations: [{ ...one, operation: 'other' }, two] }, trial.other),
  ]);
  expect(both.map(({ kept }) => kept)).toEqual([
    [one.operationId, two.operationId],
    [one.operationId, two.operationId],
  ]);
  const rows = await listQuarantine(store.reader, { before: null, limit: 10 });
  expect(rows.map((row) => row.operation).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    '{"n":1}',
    '{"n":2}',
  ]);
  expect(rows[0]).toMatchObject({ device: { id: device.id }, person: { name: 'Bob' } });
  trial.clock.now += 1_000;
  await send({ done: true });
  expect(await listDevices(store.reader)).toMatchObject([
    { id: device.id, quarantined: 2, clearedAt: trial.clock.now },
  ]);
});

test('the token before counts too, because the answer with the newest may have been lost', async () => {
  await refreshSession(trial.auth, { refreshToken: bob.refreshToken, device });
  await revokeDevice(trial.auth, device.id);
  await expect(send({ operations: [operation()] })).resolves.toMatchObject({
    kept: [expect.any(String)],
  });
});

test('nobody else has anything kept there', async () => {
  await expect(send({ operations: [operation()] })).rejects.toMatchObject(REFUSED);
  const other = await trial.signIn('Bob');
  await revokeDevice(trial.auth, device.id);
  const secret = 'A'.repeat(43);
  const attempts: Partial<QuarantineInput>[] = [
    { refreshToken: other.refreshToken },
    { refreshToken: `${bob.refreshToken.split('.')[0]}.${secret}` },
    { refreshToken: 'nothing' },
    { refreshToken: bob.accessToken },
    { deviceId: randomUUID() },
  ];
  for (const attempt of attempts) {
    await expect(send({ operations: [operation()], ...attempt })).rejects.toMatchObject(REFUSED);
  }
  expect(await listQuarantine(store.reader, { before: null, limit: 10 })).toEqual([]);
});

test('a stolen laptop cannot fill the disk', async () => {
  await revokeDevice(trial.auth, device.id);
  const large = 'x'.repeat(64 * 1024 * 1024);
  for (let at = 0; at < 4; at++) await send({ operations: [operation(large)] });
  await expect(send({ operations: [operation()] })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  await expect(send({ done: true })).resolves.toEqual({ kept: [] });
}, 60_000);
