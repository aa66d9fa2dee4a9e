import type { SafeStorage } from 'electron';
import { createFileSecrets } from '../app/node-ports/file-secrets.ts';
import type { SecretsPort } from '../app/ports.ts';

/** A password that is part of Electron's source is no encryption, whatever the file looks like. */
const NO_KEYRING = 'basic_text';

/** Secrets under the key that the operating system keeps for this person; in a plain file where it keeps none. */
export async function createElectronSecrets(
  folder: string,
  safeStorage: Pick<
    SafeStorage,
    | 'isAsyncEncryptionAvailable'
    | 'encryptStringAsync'
    | 'decryptStringAsync'
    | 'getSelectedStorageBackend'
  >,
  platform: NodeJS.Platform,
): Promise<SecretsPort> {
  const isEncrypted =
    (await safeStorage.isAsyncEncryptionAvailable()) &&
    (platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== NO_KEYRING);
  if (!isEncrypted) return createFileSecrets(folder);
  return createFileSecrets(folder, {
    isEncrypted,
    hide: async (plain) => (await safeStorage.encryptStringAsync(plain)).toString('base64'),
    show: async (hidden) =>
      (await safeStorage.decryptStringAsync(Buffer.from(hidden, 'base64'))).result,
  });
}
