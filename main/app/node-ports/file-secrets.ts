import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TallymanError } from '../../../shared/errors.ts';
import type { SecretsPort } from '../ports.ts';

const FILE_NAME = 'secrets.json';
/** For the owner alone. */
const MODE = 0o600;

/** What happens to a value on its way into the file and back. */
export interface SecretCipher {
  isEncrypted: boolean;
  hide: (plain: string) => Promise<string>;
  /** Throws if it was hidden elsewhere, or its key is gone. */
  show: (hidden: string) => Promise<string>;
}

const PLAIN: SecretCipher = {
  isEncrypted: false,
  hide: async (text) => text,
  show: async (text) => text,
};

/** Secrets in one file that only its owner may read, replaced as a whole. */
export function createFileSecrets(folder: string, cipher: SecretCipher = PLAIN): SecretsPort {
  const path = join(folder, FILE_NAME);
  // One after the other, or the later of two would be replaced by the earlier.
  let written: Promise<void> = Promise.resolve();
  const write = async (key: string, value: string | null): Promise<void> => {
    const held = await readAll(path).catch(() => new Map<string, string>());
    if (value === null) held.delete(key);
    else held.set(key, await cipher.hide(value));
    if (held.size === 0) await rm(path, { force: true });
    else await replace(folder, path, JSON.stringify(Object.fromEntries(held)));
  };
  return {
    isEncrypted: cipher.isEncrypted,
    read: async (key) => {
      await written.catch(() => undefined);
      const hidden = (await readAll(path)).get(key);
      if (hidden === undefined) return null;
      try {
        return await cipher.show(hidden);
      } catch (cause) {
        throw unreadable(cause);
      }
    },
    write: (key, value) => {
      written = written.catch(() => undefined).then(() => write(key, value));
      return written;
    },
  };
}

async function readAll(path: string): Promise<Map<string, string>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return new Map();
    throw unreadable(error);
  }
  try {
    return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
  } catch (error) {
    throw unreadable(error);
  }
}

async function replace(folder: string, path: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = `${path}.new`;
  try {
    // One that a kill left may have other rights.
    await rm(temporary, { force: true });
    const file = await open(temporary, 'wx', MODE);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    throw new TallymanError(
      'DISK_FULL',
      'What signs you in could not be kept on this disk. Make room, then try again.',
      { cause },
    );
  }
}

function unreadable(cause: unknown): TallymanError {
  return new TallymanError(
    'STORE_DAMAGED',
    'What signs people in on this laptop cannot be read any more. Sign in again; no work is lost.',
    { cause },
  );
}
