import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FakeSafeStorage } from '../../tests/fakes/electron.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { createElectronSecrets } from './electron-secrets.ts';

const tempFolder = useTempFolders();
const CANARY = 'canary-of-a-token';

const textOf = (folder: string): string => readFileSync(join(folder, 'secrets.json'), 'utf8');

test('keeps secrets under the key of the operating system', async () => {
  const folder = tempFolder();
  const secrets = await createElectronSecrets(folder, new FakeSafeStorage(), 'darwin');
  expect(secrets.isEncrypted).toBe(true);
  await secrets.write('session', CANARY);
  expect(textOf(folder)).not.toContain(CANARY);
  expect(await secrets.read('session')).toBe(CANARY);
});

test.each([
  ['linux', 'basic_text', true],
  ['win32', 'gnome_libsecret', false],
] as const)(
  'says so where there is no key to keep: %s, %s',
  async (platform, backend, isAvailable) => {
    const storage = Object.assign(new FakeSafeStorage(), { backend, isAvailable });
    const folder = tempFolder();
    const secrets = await createElectronSecrets(folder, storage, platform);
    expect(secrets.isEncrypted).toBe(false);
    await secrets.write('session', CANARY);
    expect(textOf(folder)).toContain(CANARY);
  },
);

test('a key that is gone is a failure that is told, not a laptop that nobody has signed in on', async () => {
  const folder = tempFolder();
  const storage = new FakeSafeStorage();
  const secrets = await createElectronSecrets(folder, storage, 'win32');
  await secrets.write('session', CANARY);
  storage.key = 8;
  await expect(secrets.read('session')).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
});
