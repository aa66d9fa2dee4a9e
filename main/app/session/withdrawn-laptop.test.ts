import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { revokeDevice } from '../../../server/auth/devices.ts';
import { startServer } from '../../../server/start-server.ts';
import {
  openPeopleLaptop,
  type PeopleLaptop,
  signIn,
  writeNote,
} from '../../../tests/support/people-bench.ts';
import { type PeopledServer, startPeopledServer } from '../../../tests/support/peopled-server.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { createFileSecrets } from '../node-ports/file-secrets.ts';
import type { SecretsPort } from '../ports.ts';

const tempFolder = useTempFolders();
const CANARY = 'canary of the withdrawn laptop';

let serverData: string;
let office: PeopledServer;
let laptop: PeopleLaptop;

beforeEach(async () => {
  serverData = tempFolder();
  office = await startPeopledServer(serverData);
  await office.add('anna', 'counter', [office.sites.north]);
  const { url: serverUrl } = office.server;
  laptop = await openPeopleLaptop({ folder: tempFolder(), serverUrl });
});
afterEach(async () => {
  await laptop.close();
  await office.server.close();
});

const quarantined = () => office.server.store.reader.selectFrom('quarantine').selectAll().execute();

/** Unsent work, a draft, and then the administrator's word. */
async function workThenRevoke(): Promise<void> {
  await signIn(laptop.app, 'anna');
  await laptop.sync();
  await writeNote(laptop.app, 1, CANARY);
  await laptop.app.drafts.put({ key: 'form', value: { text: CANARY } });
  const { deviceId } = await laptop.app.info();
  await revokeDevice(office.auth, deviceId);
}

const triggerRun = () =>
  laptop.app.sync.trigger({ syncUnit: 'full', discardPendingSyncUnits: false, reason: 'user' });

const cleared = () =>
  vi.waitFor(
    async () =>
      expect(await laptop.app.session.state()).toEqual({
        kind: 'revoked',
        waiting: 0,
        cleared: true,
      }),
    { timeout: 30_000 },
  );

function filesWithCanary(): string[] {
  return readdirSync(laptop.folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(laptop.folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(CANARY));
}

test('a withdrawn laptop hands its unsent work over, then holds nothing of it, and may be signed in to anew', async () => {
  await workThenRevoke();
  // The server takes notice of a revocation within seconds; a laptop that starts asks at once.
  laptop = await laptop.restart();
  const { deviceId } = await laptop.app.info();
  expect(filesWithCanary()).not.toEqual([]);
  const secrets = (): string => readFileSync(join(laptop.folder, 'secrets.json'), 'utf8');
  expect(secrets()).toContain('anna');
  await triggerRun();
  await cleared();
  expect(secrets()).not.toContain('anna');
  expect(await quarantined()).toEqual([
    expect.objectContaining({ device_id: deviceId, operation: expect.stringContaining(CANARY) }),
  ]);
  expect(filesWithCanary()).toEqual([]);
  expect(laptop.app.session.isUsable()).toBe(false);
  expect(laptop.app.settings.get()).toMatchObject({
    serverUrl: office.server.url,
    personId: null,
  });
  laptop = await laptop.restart();
  await cleared();
  expect((await laptop.app.info()).deviceId).not.toBe(deviceId);
  expect(await signIn(laptop.app, 'anna')).toMatchObject({ kind: 'signedIn' });
});

test('without a network everything stays as it is, and is handed over after a start', async () => {
  await workThenRevoke();
  const { port } = new URL(office.server.url);
  await office.server.close();
  await triggerRun();
  laptop = await laptop.restart();
  expect(await laptop.app.session.state()).toMatchObject({ kind: 'locked' });
  expect(filesWithCanary()).not.toEqual([]);
  office.server = await startServer({ dataDir: serverData, port: Number(port) });
  await triggerRun();
  await cleared();
  expect(filesWithCanary()).toEqual([]);
  expect(await quarantined()).toHaveLength(1);
});

/** The process ends while this step is being noted, before or after it is on the disk. */
function dyingSecrets(
  folder: string,
  step: string,
  isWritten: boolean,
): { secrets: SecretsPort; died: Promise<void> } {
  const secrets = createFileSecrets(folder);
  const death = Promise.withResolvers<void>();
  let isDead = false;
  const write: SecretsPort['write'] = async (key, value) => {
    if (isDead) return;
    isDead = value?.includes(`"withdrawn":"${step}"`) ?? false;
    const isLast = isDead;
    if (!isLast || isWritten) await secrets.write(key, value);
    if (!isLast) return;
    death.resolve();
    // Nothing comes after it.
    await new Promise(() => undefined);
  };
  return { secrets: { ...secrets, write }, died: death.promise };
}

test.each([
  ['handingOver', false],
  ['handingOver', true],
  ['clearing', false],
  ['clearing', true],
  ['cleared', false],
  ['cleared', true],
] as const)('killed at the step %s (on the disk: %s), it goes on', async (step, isWritten) => {
  await workThenRevoke();
  const { secrets, died } = dyingSecrets(laptop.folder, step, isWritten);
  laptop = await laptop.restart({ secrets });
  await triggerRun();
  // A laptop that is closed while it is about to die would wait for ever for the note on which it dies.
  await died;
  expect(await laptop.app.session.state()).toMatchObject({
    kind: 'revoked',
    cleared: step === 'cleared',
  });
  laptop = await laptop.restart({ secrets: createFileSecrets(laptop.folder) });
  if ((await laptop.app.session.state()).kind !== 'revoked') await triggerRun();
  await cleared();
  expect(filesWithCanary()).toEqual([]);
  expect(await quarantined()).toHaveLength(1);
});
